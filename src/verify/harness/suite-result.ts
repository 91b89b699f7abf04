import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProtocolLook } from '../../spec/index.ts';
import { cut } from '../../util/index.ts';

/** Checks within a scenario that call tools of the suite's own test server; without those they fail as not testable. */
const fixtureChecks: readonly unknown[] = [
  'sep-2575-server-rejects-undeclared-capability',
  'sep-2575-missing-capability-http-400',
  'sep-2575-http-server-no-independent-requests-on-stream',
  'sep-2575-server-no-log-without-loglevel',
];

/** What the suite wrote about a scenario into its folder. */
export async function readResult(folder: string): Promise<Pick<ProtocolLook, 'passed' | 'message'>> {
  const checks = await readChecks(folder);
  if (checks === undefined) return { passed: false, message: 'The suite came to no end.' };
  const failed = checks.filter((check) => check.status === 'FAILURE' && !isAboutFixture(check));
  const passed = checks.filter(({ status }) => status === 'SUCCESS').length;
  const reasons = failed.map(({ id, errorMessage }) => `${String(id)}: ${String(errorMessage ?? 'failed')}`);
  return failed.length === 0
    ? { passed: true, message: `${passed} checks of the official suite passed.` }
    : { passed: false, message: cut(reasons.join('; '), 500) };
}

interface SuiteCheck {
  readonly id?: unknown;
  readonly status?: unknown;
  readonly errorMessage?: unknown;
}

function isAboutFixture({ id, errorMessage }: SuiteCheck): boolean {
  return fixtureChecks.includes(id) && String(errorMessage).startsWith('Not testable');
}

async function readChecks(folder: string): Promise<readonly SuiteCheck[] | undefined> {
  try {
    const read: unknown = JSON.parse(await readFile(join(folder, 'checks.json'), 'utf8'));
    return Array.isArray(read) && read.length > 0 ? (read as SuiteCheck[]) : undefined;
  } catch {
    return undefined;
  }
}
