import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, eras, type Endpoint, type Era } from '../../client/index.ts';
import type { RunningServer } from '../../runner/index.ts';
import type { ProtocolLook } from '../../spec/index.ts';
import { cut } from '../../util/index.ts';
import type { Target } from '../target.ts';
import { trialEnvironment } from './environment.ts';
import { openRelay } from './relay.ts';

type HttpEndpoint = Extract<Endpoint, { kind: 'http' }>;

/** Scenarios that apply to any server; the others want tools, prompts and resources of the suite's own test server. */
const forAny: Readonly<Record<Era, readonly string[]>> = {
  '2025-11-25': ['server-initialize', 'ping', 'tools-list', 'server-sse-multiple-streams', 'dns-rebinding-protection'],
  '2026-07-28': [
    'tools-list',
    'http-header-validation',
    'sep-2164-resource-not-found',
    'server-stateless',
    'dns-rebinding-protection',
  ],
};

/** Scenarios that apply to servers which declare all of these. */
const forDeclared: readonly (readonly [scenario: string, era: Era, ...needs: string[]])[] = [
  ...eras.flatMap((era) => [['resources-list', era, 'resources'] as const, ['prompts-list', era, 'prompts'] as const]),
  ['caching', '2026-07-28', 'resources', 'prompts'],
];

/** Checks within a scenario that call tools of the suite's own test server; with any other they fail as not testable. */
const fixtureChecks: readonly unknown[] = [
  'sep-2575-server-rejects-undeclared-capability',
  'sep-2575-missing-capability-http-400',
  'sep-2575-http-server-no-independent-requests-on-stream',
  'sep-2575-server-no-log-without-loglevel',
];

const suiteMs = 100_000;
const mostBytes = 4 * 1024 * 1024;

/** Runs the official suite's program against a server over HTTP; nothing for a server that has stdio only. */
export async function lookWithSuite(
  target: Target,
  program: string,
  folder: string,
  signal: AbortSignal,
): Promise<readonly ProtocolLook[]> {
  if (!target.transports.includes('http')) return [];
  const own = join(folder, 'suite');
  const server = await startFor(target, own, signal);
  const endpoint = server === undefined ? target.endpoint : endpointOf(server);
  if (endpoint?.kind !== 'http') return [];
  const relay = await openRelay(endpoint);
  try {
    const command = [program, 'server', '--url', relay.url];
    const looks = eras.map(async (era) => {
      const asked = await scenariosOf(endpoint, era, signal);
      return asked.length === 0 ? [] : runEra(era, asked, command, join(own, era), signal);
    });
    return (await Promise.all(looks)).flat();
  } finally {
    await relay.close();
    await server?.stop(0);
  }
}

async function startFor(target: Target, folder: string, signal: AbortSignal): Promise<RunningServer | undefined> {
  const places = { workspace: join(folder, 'w'), runFolder: join(folder, 'r') };
  await Promise.all(Object.values(places).map((path) => mkdir(path, { recursive: true })));
  const environment = trialEnvironment(target.blueprint, 'rough').variables;
  return target.start?.({ transport: 'http', ...places, workspaceAccess: 'write', environment, signal });
}

function endpointOf({ url = 'http://localhost/mcp', socketPath, token }: RunningServer): HttpEndpoint {
  return { kind: 'http', url, ...(socketPath !== undefined && { socketPath }), ...(token !== undefined && { token }) };
}

/** Scenarios of an era for what the server declares in it; none of an era it does not speak, which other checks tell. */
async function scenariosOf(endpoint: HttpEndpoint, era: Era, signal: AbortSignal): Promise<readonly string[]> {
  const connection = await connect(endpoint, { era, signal, timeoutMs: 20_000 }).catch(() => undefined);
  if (connection === undefined) return [];
  const { capabilities } = connection;
  await connection.close();
  const declared = forDeclared.filter(
    ([, of, ...needs]) => of === era && needs.every((name) => capabilities[name] !== undefined),
  );
  return [...forAny[era], ...declared.map(([scenario]) => scenario)];
}

/** Runs the whole set of an era, which costs hardly more than one scenario, and looks at those asked for. */
async function runEra(
  era: Era,
  asked: readonly string[],
  command: readonly string[],
  results: string,
  signal: AbortSignal,
): Promise<ProtocolLook[]> {
  await mkdir(results, { recursive: true });
  await new Promise<void>((done) => {
    const words = [...command, '--requirements', era, '--output-dir', results];
    // Its exit code is about the whole set; what it wrote of each scenario counts.
    execFile(process.execPath, words, { cwd: results, env: {}, timeout: suiteMs, maxBuffer: mostBytes, signal }, () =>
      done(),
    );
  });
  signal.throwIfAborted();
  const written = await readdir(results);
  return Promise.all(
    asked.map(async (scenario) => {
      const folder = written.find((name) => name.replace(/^server-|-\d{4}-\d\d-\d\dT.*$/g, '') === scenario);
      return {
        ...judge(await readChecks(join(results, folder ?? ''))),
        case: `${era}/${scenario}`,
        severity: 'error' as const,
      };
    }),
  );
}

function judge(checks: readonly SuiteCheck[] | undefined): Pick<ProtocolLook, 'passed' | 'message'> {
  if (checks === undefined) return { passed: false, message: 'The suite came to no end.' };
  const failed = checks.filter(({ id, status }) => status === 'FAILURE' && !fixtureChecks.includes(id));
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

/** What the suite wrote about a scenario. */
async function readChecks(folder: string): Promise<readonly SuiteCheck[] | undefined> {
  try {
    const read: unknown = JSON.parse(await readFile(join(folder, 'checks.json'), 'utf8'));
    return Array.isArray(read) && read.length > 0 ? (read as SuiteCheck[]) : undefined;
  } catch {
    return undefined;
  }
}
