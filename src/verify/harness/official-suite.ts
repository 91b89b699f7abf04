import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, eras, type Endpoint, type Era } from '../../client/index.ts';
import type { RunningServer } from '../../runner/index.ts';
import type { ProtocolLook } from '../../spec/index.ts';
import { cut } from '../../util/index.ts';
import type { Target } from '../target.ts';
import { trialEnvironment } from './environment.ts';
import { openRelay } from './relay.ts';

type HttpEndpoint = Extract<Endpoint, { kind: 'http' }>;

interface Scenario {
  readonly name: string;
  readonly era: Era;
  /** Asked only of servers that declare all of these. */
  readonly needs?: readonly string[];
}

/** What the suite asks of any server; its other scenarios want tools, prompts and resources of its own test server. */
const scenarios: readonly Scenario[] = [
  ...['server-initialize', 'ping', 'tools-list', 'server-sse-multiple-streams', 'dns-rebinding-protection'].map(
    (name) => ({ name, era: '2025-11-25' as const }),
  ),
  ...[
    'tools-list',
    'http-header-validation',
    'sep-2164-resource-not-found',
    'server-stateless',
    'dns-rebinding-protection',
  ].map((name) => ({ name, era: '2026-07-28' as const })),
  ...eras.flatMap((era) => [
    { name: 'resources-list', era, needs: ['resources'] },
    { name: 'prompts-list', era, needs: ['prompts'] },
  ]),
  { name: 'caching', era: '2026-07-28', needs: ['resources', 'prompts'] },
];

/** Checks within a scenario that call tools of the suite's own test server; with any other they fail as not testable. */
const fixtureChecks: readonly unknown[] = [
  'sep-2575-server-rejects-undeclared-capability',
  'sep-2575-missing-capability-http-400',
  'sep-2575-http-server-no-independent-requests-on-stream',
  'sep-2575-server-no-log-without-loglevel',
];

const scenarioMs = 40_000;
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
  const results = join(own, 'results');
  await mkdir(results, { recursive: true });
  const server = await startFor(target, own, signal);
  const endpoint = server === undefined ? target.endpoint : endpointOf(server);
  if (endpoint?.kind !== 'http') return [];
  const relay = await openRelay(endpoint);
  try {
    const asked = (await Promise.all(eras.map((era) => scenariosOf(endpoint, era, signal)))).flat();
    return await Promise.all(
      asked.map((scenario) => runScenario(scenario, [program, 'server', '--url', relay.url], results, signal)),
    );
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
async function scenariosOf(endpoint: HttpEndpoint, era: Era, signal: AbortSignal): Promise<readonly Scenario[]> {
  const connection = await connect(endpoint, { era, signal, timeoutMs: 10_000 }).catch(() => undefined);
  if (connection === undefined) return [];
  const { capabilities } = connection;
  await connection.close();
  return scenarios.filter(
    (scenario) => scenario.era === era && (scenario.needs ?? []).every((name) => capabilities[name] !== undefined),
  );
}

async function runScenario(
  { name, era }: Scenario,
  command: readonly string[],
  results: string,
  signal: AbortSignal,
): Promise<ProtocolLook> {
  const folder = await mkdtemp(join(results, 'r-'));
  const words = [...command, '--scenario', name, '--spec-version', era, '--output-dir', folder];
  await new Promise<void>((done) => {
    const limits = { cwd: folder, env: {}, timeout: scenarioMs, maxBuffer: mostBytes, signal };
    // Its exit code says no more than its results do.
    execFile(process.execPath, words, limits, () => done());
  });
  signal.throwIfAborted();
  const look = { case: `${era}/${name}`, severity: 'error' as const };
  const checks = await readChecks(folder);
  if (checks === undefined) return { ...look, passed: false, message: 'The suite came to no end.' };
  const failed = checks.filter(({ id, status }) => status === 'FAILURE' && !fixtureChecks.includes(id));
  const passed = checks.filter(({ status }) => status === 'SUCCESS').length;
  const reasons = failed.map(({ id, errorMessage }) => `${String(id)}: ${String(errorMessage ?? 'failed')}`);
  return failed.length === 0
    ? { ...look, passed: true, message: `${passed} checks of the official suite passed.` }
    : { ...look, passed: false, message: cut(reasons.join('; '), 500) };
}

interface SuiteCheck {
  readonly id?: unknown;
  readonly status?: unknown;
  readonly errorMessage?: unknown;
}

/** What the suite wrote: one file, in a folder that it names itself. */
async function readChecks(folder: string): Promise<readonly SuiteCheck[] | undefined> {
  try {
    const [made = ''] = await readdir(folder);
    const read: unknown = JSON.parse(await readFile(join(folder, made, 'checks.json'), 'utf8'));
    return Array.isArray(read) && read.length > 0 ? (read as SuiteCheck[]) : undefined;
  } catch {
    return undefined;
  }
}
