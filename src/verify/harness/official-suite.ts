import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { eras, type Endpoint, type Era } from '../../client/index.ts';
import type { RunningServer } from '../../runner/index.ts';
import type { ProtocolLook } from '../../spec/index.ts';
import type { Target } from '../target.ts';
import { trialEnvironment } from './environment.ts';
import { openRelay } from './relay.ts';
import { readResult } from './suite-result.ts';
import { scenariosOf } from './suite-scenarios.ts';

type HttpEndpoint = Extract<Endpoint, { kind: 'http' }>;

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
        ...(await readResult(join(results, folder ?? ''))),
        case: `${era}/${scenario}`,
        severity: 'error' as const,
      };
    }),
  );
}
