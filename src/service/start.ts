import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CrafterError } from '../errors.ts';
import { markLives, packageUrl, version } from '../util/index.ts';
import { send, serviceHealth } from './connection.ts';
import { serviceEnvironment } from './environment.ts';
import { lockPath } from './protocol.ts';

/** How long a service may take to answer: the first start makes the database. */
const startMilliseconds = 60_000;
/** How long one that another command has started may take. */
const raceMilliseconds = 10_000;
/** How long one that does not answer may take to end by itself: it may be starting. */
const silentMilliseconds = 5000;

/**
 * Makes sure that a service of this version answers for the state folder; starts one if none does.
 * @throws CrafterError SERVICE_UNAVAILABLE with the end of its log when it does not come up.
 */
export async function ensureService(stateFolder: string, onStart: () => void = () => {}): Promise<void> {
  const running = await serviceHealth(stateFolder);
  if (running?.version === version) return;
  if (running !== undefined) await stopService(stateFolder);
  onStart();
  await startService(stateFolder);
}

/**
 * Asks a running service to stop and waits until it is gone; false when there was none. One that does not answer is
 * killed: the next one goes on with what it had accepted.
 */
export async function stopService(stateFolder: string): Promise<boolean> {
  const health = await serviceHealth(stateFolder);
  if (health === undefined) return killSilent(stateFolder);
  await send(stateFolder, 'POST', '/stop', {}).catch(() => undefined);
  for (const end = performance.now() + 30_000; performance.now() < end; await sleep(50)) {
    if (!isAlive(health.pid)) return true;
  }
  throw new CrafterError('SERVICE_UNAVAILABLE', `The service (process ${health.pid}) does not stop.`, {
    hint: `End it with: kill ${health.pid}`,
  });
}

/** The process of a service that lives and does not answer. */
async function silentService(stateFolder: string): Promise<number | undefined> {
  const mark = await readFile(lockPath(stateFolder), 'utf8').catch(() => '');
  return markLives(mark) ? Number.parseInt(mark, 10) : undefined;
}

async function killSilent(stateFolder: string): Promise<boolean> {
  const pid = await silentService(stateFolder);
  if (pid === undefined) return false;
  process.kill(pid, 'SIGTERM');
  for (const end = performance.now() + silentMilliseconds; performance.now() < end; await sleep(50))
    if (!isAlive(pid)) return true;
  process.kill(pid, 'SIGKILL');
  return true;
}

async function startService(stateFolder: string): Promise<void> {
  const logFile = join(stateFolder, 'logs', '_service.log');
  await mkdir(join(stateFolder, 'logs'), { recursive: true });
  const log = await open(logFile, 'a', 0o600);
  const start = (await log.stat()).size;
  const child = spawn(fileURLToPath(new URL('bin/mcp-crafter', packageUrl)), ['serve'], {
    detached: true,
    cwd: '/',
    stdio: ['ignore', log.fd, log.fd],
    env: { ...serviceEnvironment(process.env), MCP_CRAFTER_HOME: stateFolder },
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.unref();
  try {
    for (const end = performance.now() + startMilliseconds; performance.now() < end;) {
      if ((await serviceHealth(stateFolder)) !== undefined) return;
      const ended = await Promise.race([exited.then(() => true), sleep(30, false)]);
      if (ended && (await answersAfterLosingTheRace(stateFolder))) return;
      if (ended) break;
    }
    const silent = await silentService(stateFolder);
    throw silent === undefined ? await failedToStart(logFile, start) : doesNotAnswer(silent);
  } finally {
    await log.close();
  }
}

/** Two commands may start a service at once; the second one leaves the field to the first, while that lives. */
async function answersAfterLosingTheRace(stateFolder: string): Promise<boolean> {
  for (const end = performance.now() + raceMilliseconds; performance.now() < end; await sleep(50)) {
    if ((await serviceHealth(stateFolder)) !== undefined) return true;
    if ((await silentService(stateFolder)) === undefined) return false;
  }
  return false;
}

function doesNotAnswer(pid: number): CrafterError {
  return new CrafterError('SERVICE_UNAVAILABLE', `The mcp-crafter service (process ${pid}) does not answer.`, {
    hint: 'End it with `mcp-crafter serve --stop`; the next command starts it again, and it goes on with unfinished builds.',
  });
}

async function failedToStart(logFile: string, from: number): Promise<CrafterError> {
  const log = await open(logFile, 'r');
  const { buffer, bytesRead } = await log.read({ buffer: Buffer.alloc(4000), position: from });
  await log.close();
  const said = buffer.subarray(0, bytesRead).toString('utf8').trim();
  return new CrafterError('SERVICE_UNAVAILABLE', `The mcp-crafter service did not start. ${said}`, {
    hint: `Run \`mcp-crafter doctor\` to see what the machine lacks. The whole log is ${logFile}.`,
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
