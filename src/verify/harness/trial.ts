import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type McpConnection } from '../../client/index.ts';
import { CrafterError } from '../../errors.ts';
import type { RunningServer } from '../../runner/index.ts';
import { layFiles } from '../../sandbox/index.ts';
import type { MockMode, ServerTool, TrialRequest, TrialServer } from '../../spec/index.ts';
import { assetUrl } from '../../util/index.ts';
import type { Target } from '../target.ts';
import { askServer } from './answer.ts';
import { openControl, type Control } from './control.ts';
import { snapshotFolder } from './scratch.ts';

export interface TrialOptions {
  readonly target: Target;
  /** Absolute throwaway folder of this trial alone. */
  readonly folder: string;
  readonly access: 'read' | 'write';
  readonly variables: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface Trial extends TrialServer {
  readonly connection: McpConnection;
  readonly startMilliseconds: number;
  close(): Promise<void>;
}

const startTimeoutMs = 20_000;

/**
 * Starts a server for trial over stdio and lists its tools.
 * @throws CrafterError SERVER_UNHEALTHY with the last lines it logged, when it does not come up.
 */
export async function openTrial({ target, folder, access, variables, signal }: TrialOptions): Promise<Trial> {
  // The time to start is the server's own, without what has to be built before.
  await target.bundle();
  const began = performance.now();
  const workspace = join(folder, 'w');
  const runFolder = join(folder, 'r');
  const controlFolder = join(folder, 'c');
  for (const path of [workspace, runFolder, controlFolder]) await mkdir(path, { recursive: true });
  const preload = join(controlFolder, 'preload.cjs');
  await cp(fileURLToPath(assetUrl('verify/harness/preload.cjs')), preload);
  const logged: string[] = [];
  const server = await target.start!({
    transport: 'stdio',
    workspace,
    workspaceAccess: access,
    runFolder,
    controlFolder,
    environment: {
      ...variables,
      NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
      VERIFY_CONTROL: join(controlFolder, 's'),
    },
    signal,
    onLog: (line) => void (logged.length < 50 && logged.push(line.slice(0, 300))),
  });
  const control = openControl(join(controlFolder, 's'), join(runFolder, 's'));
  const printed: string[] = [];
  try {
    const { connection, tools } = await greet(
      server,
      signal,
      (line) => void (printed.length < 5 && printed.push(line)),
    );
    return assemble(connection, tools, server, { control, workspace, printed }, performance.now() - began);
  } catch (error) {
    control.close();
    await server.stop(0);
    if (signal.aborted) throw error;
    const said =
      logged
        .filter((line) => !/^\s*(?:at |\^|$)|^Node\.js v/.test(line))
        .slice(-3)
        .join(' | ') || 'It logged nothing.';
    throw new CrafterError('SERVER_UNHEALTHY', `The server does not answer: ${wordsOf(error)} ${said}`, {
      hint: 'Start it by hand and mend what it logs.',
      cause: error,
    });
  }
}

async function greet(
  server: RunningServer,
  signal: AbortSignal,
  onNoise: (line: string) => void,
): Promise<{ connection: McpConnection; tools: readonly ServerTool[] }> {
  const { stdin, stdout } = server;
  if (!stdin || !stdout) throw new Error('it has no standard input and output.');
  const gone = server.exited.then((info) => {
    throw new Error(`it ended ${info.signal ? `by ${info.signal}` : `with code ${info.code}`}.`);
  });
  gone.catch(() => undefined);
  const opened = (async () => {
    const connection = await connect(
      { kind: 'stdio', stdin, stdout },
      { era: 'auto', signal, timeoutMs: startTimeoutMs, onNoise },
    );
    return { connection, tools: await connection.listTools() };
  })();
  opened.catch(() => undefined);
  return Promise.race([opened, gone]);
}

function assemble(
  connection: McpConnection,
  tools: readonly ServerTool[],
  server: RunningServer,
  { control, workspace, printed }: { control: Control; workspace: string; printed: string[] },
  startMilliseconds: number,
): Trial {
  let alive = true;
  void server.exited.then(() => (alive = false));
  return {
    connection,
    tools,
    workspace,
    startMilliseconds,
    alive: () => alive,
    async call(name, args, options) {
      const answer = await askServer(connection, server, name, args, options?.timeoutMs);
      if (answer.outcome === 'closed') alive = false;
      const [line] = printed.splice(0);
      return line === undefined ? answer : { ...answer, printed: line };
    },
    lay: (files) => layFiles(workspace, files),
    snapshot: () => snapshotFolder(workspace),
    heap: async () => asNumber(await control.ask('heap')),
    memory: () => server.memory(),
    mock: async (mode: MockMode) => (await control.ask('mock', mode)) === true,
    requests: async () => asTexts(await control.ask('requests')),
    answer: async (reply) => (await control.ask('answer', reply)) === true,
    sent: async () => asRequests(await control.ask('sent')),
    async close() {
      control.close();
      await connection.close().catch(() => undefined);
      await server.stop(200);
    },
  };
}

const asNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const asTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What comes from inside is not to be trusted: only what has the form of a request is taken. */
function asRequests(value: unknown): TrialRequest[] {
  const list = Array.isArray(value) ? (value as Partial<Record<keyof TrialRequest, unknown>>[]) : [];
  return list.flatMap(({ method, url, headers, body, answer }) => {
    if (typeof method !== 'string' || typeof url !== 'string' || typeof body !== 'string') return [];
    const named = Object.entries(headers ?? {}).map(([name, text]): [string, string] => [name, String(text)]);
    const request = { method, url, headers: Object.fromEntries(named), body: Buffer.from(body, 'base64') };
    return [{ ...request, ...(typeof answer === 'number' && { answer }) }];
  });
}
