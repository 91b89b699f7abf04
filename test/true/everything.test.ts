import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRelay, type Relay } from '../../src/verify/harness/relay.ts';
import type { Serving } from '../../src/languages/typescript/runtime/start.ts';
import { serveEverything } from '../support/everything-server/index.ts';
import { runProgram, suites } from '../support/foreign.ts';

let folder: string;
let serving: Serving;
let relay: Relay;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'suite-'));
  serving = await serveEverything(join(folder, 's'), 'token');
  relay = await openRelay({ kind: 'http', url: 'http://localhost/mcp', socketPath: join(folder, 's'), token: 'token' });
});
afterAll(async () => {
  await relay.close();
  await serving.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the suite, and counts what it wrote; its exit code counts scored scenarios only. */
async function judge(program: string, ...words: string[]) {
  const results = await mkdtemp(join(folder, 'results-'));
  const command = [program, 'server', '--url', relay.url, '--output-dir', results, ...words];
  const { code, stdout } = await runProgram(process.execPath, command);
  const count = { code, scenarios: 0, passed: 0, failed: [] as string[] };
  for (const scenario of await readdir(results)) {
    const checks: { id: string; status: string }[] = JSON.parse(
      await readFile(join(results, scenario, 'checks.json'), 'utf8'),
    );
    count.scenarios++;
    count.passed += checks.filter(({ status }) => status === 'SUCCESS').length;
    count.failed.push(...checks.filter(({ status }) => status === 'FAILURE').map(({ id }) => `${scenario} ${id}`));
  }
  return { ...count, summary: stdout.slice(stdout.indexOf('=== SUMMARY ===')) };
}

/** What the suite runs unscored and this runtime has not: the extension of tasks, and arguments repeated in headers. */
const required = (failed: readonly string[]): readonly string[] =>
  failed.filter((name) => !/^server-(?:tasks-|http-custom-header-)/.test(name));

it('[TRUE-CONFORM-1] the runtime passes every scored check of the official suite for 2025-11-25', async () => {
  const { code, scenarios, passed, failed, summary } = await judge(suites.current, '--requirements', '2025-11-25');
  expect({ code, failed }, summary).toEqual({ code: 0, failed: [] });
  expect([scenarios >= 30, passed >= 70], summary).toEqual([true, true]);
});

it('[TRUE-CONFORM-1] the runtime passes every scored check of the official suite for 2026-07-28', async () => {
  const { code, scenarios, passed, failed, summary } = await judge(suites.current, '--requirements', '2026-07-28');
  expect({ code, failed: required(failed) }, summary).toEqual({ code: 0, failed: [] });
  expect([scenarios >= 37, passed >= 110], summary).toEqual([true, true]);
});

it('[TRUE-CONFORM-1] the runtime passes the active suite of the first line', async () => {
  const { code, scenarios, failed, summary } = await judge(suites.first);
  expect({ code, failed }, summary).toEqual({ code: 0, failed: [] });
  expect(scenarios, summary).toBeGreaterThanOrEqual(30);
});
