import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { availableParallelism, totalmem } from 'node:os';
import type { Mount, Sandbox, SandboxOptions, SandboxedProcess } from '../sandbox/index.ts';
import type { Grants } from '../spec/index.ts';
import { asServers } from '../util/index.ts';
import { startEgressProxy } from './egress.ts';
import { folderMounts, folderVariable } from './folders.ts';
import { openHttp, prepareHttp } from './http.ts';
import type { ServerLog } from './http.ts';
import { readLines } from './lines.ts';
import type { RunningServer, ServerLaunch } from './types.ts';

const TAIL_LINES = 20;
/** How long the rest of a log is waited for when its server has ended. */
const LOG_MS = 1000;
/** Far more than a tool needs; a server gone wild must not take the machine along. */
const mostOfServers = {
  memoryBytes: Math.min(2 * 1024 ** 3, Math.floor(totalmem() / 2)),
  fileBytes: 4 * 1024 ** 3,
  processors: Math.max(1, Math.min(2, availableParallelism() / 2)),
  // Behind the service, before builds.
  niceness: 5,
};

/** Undone in reverse order when the server has ended, or could not be started. */
export type Cleanup = (() => Promise<unknown>)[];

/**
 * Starts a server in the sandbox with what it was granted. Over HTTP it is ready, over stdio it is started.
 * @throws CrafterError GRANT_REFUSED, PORT_TAKEN, SERVER_UNHEALTHY when it ends or does not answer in time.
 */
export async function startServer(sandbox: Sandbox, launch: ServerLaunch): Promise<RunningServer> {
  const cleanup: Cleanup = [];
  const clean = async (): Promise<void> => {
    for (const undo of cleanup.splice(0).reverse()) await undo().catch(() => {});
  };
  try {
    return await start(sandbox, launch, cleanup, clean);
  } catch (error) {
    await clean();
    throw error;
  }
}

async function start(
  sandbox: Sandbox,
  launch: ServerLaunch,
  cleanup: Cleanup,
  clean: () => Promise<void>,
): Promise<RunningServer> {
  await mkdir(launch.workspace, { recursive: true });
  await mkdir(launch.runFolder, { recursive: true, mode: 0o700 });
  const egress =
    launch.grants.hosts.length === 0 || sandbox.kind === 'none'
      ? undefined
      : await startEgressProxy({
          grants: launch.grants,
          runFolder: launch.runFolder,
          onRefused: (place, reason) => tell(launch, 'warn', `${place} was not reached: ${reason}`),
        });
  if (egress !== undefined) cleanup.push(() => egress.close());
  const http =
    launch.transport === 'http'
      ? await prepareHttp(launch.runFolder, cleanup, launch.environment['MCP_TOKEN'])
      : undefined;
  const child = await sandbox.spawn({
    ...sandboxOptions(
      launch,
      [...(await folderMounts(launch.grants.folders, launch.runFolder)), ...(http === undefined ? [] : [http.mount])],
      http?.environment ?? { MCP_TRANSPORT: 'stdio' },
    ),
    ...(egress === undefined ? {} : { egressSocket: egress.socketPath }),
  });
  cleanup.push(() => child.stop(0));
  const log = followLog(child, launch);
  const exited = child.exited.then(async (info) => {
    // Of a killed one, something dying may hold the log open a little longer, or for good.
    await Promise.all([Promise.race([log.ended, sleep(LOG_MS, undefined, { ref: false })]), clean()]);
    return info;
  });
  const reached =
    http === undefined
      ? { stdin: child.stdin, stdout: child.stdout }
      : await openHttp(http, child, launch, log, cleanup);
  return {
    transport: launch.transport,
    ...reached,
    exited,
    refusedHosts: () => egress?.refusedHosts() ?? [],
    traffic: () => egress?.traffic(),
    async stop(graceMs) {
      await child.stop(graceMs);
      return exited;
    },
    memory: () => child.memory(),
  };
}

/** A line in the server's log that is not its own. */
function tell(launch: ServerLaunch, level: string, message: string): void {
  launch.onLog?.(JSON.stringify({ time: new Date().toISOString(), level, message, source: 'mcp-crafter' }));
}

function sandboxOptions(
  launch: ServerLaunch,
  mounts: readonly Mount[],
  transport: Readonly<Record<string, string>>,
): SandboxOptions {
  const { workspace, grants, limits, signal } = launch;
  const folders: Record<string, string> =
    grants.folders.length === 0 ? {} : { MCP_FOLDERS: folderVariable(grants.folders) };
  return {
    command: launch.command,
    mounts: [
      ...launch.mounts,
      ...mounts,
      { source: workspace, target: workspace, access: launch.workspaceAccess ?? 'write', owned: true },
    ],
    env: { ...launch.environment, MCP_WORKSPACE: workspace, ...folders, ...ownLoopback(grants), ...transport },
    stdio: launch.inheritStdio === true ? 'inherit' : 'pipe',
    limits: { ...mostOfServers, ...limits },
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Loopback inside the sandbox is its own, except where the host's was granted. */
function ownLoopback({ hosts }: Grants): Record<string, string> {
  const places = hosts.filter(({ host }) => /^(localhost|127\.|\[?::1\]?$)/.test(host));
  return places.length === 0 ? {} : { EGRESS_LOOPBACK: places.map(({ host, port }) => `${host}:${port}`).join(' ') };
}

/** Reads the server's log, and keeps its end for the case that it does not start; values it was given are blotted out. */
function followLog(child: SandboxedProcess, launch: ServerLaunch): ServerLog {
  const lines: string[] = [];
  const values = Object.values(launch.environment).filter((value) => value.length >= 8);
  const ended = readLines(child.stderr, (line) => {
    if (lines.push(line) > TAIL_LINES) lines.shift();
    launch.onLog?.(asServers(line));
  });
  const tail = (): string => values.reduce((text, value) => text.replaceAll(value, '[value]'), lines.join('\n'));
  return { tail, ended };
}
