import { spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CrafterError } from '../errors.ts';
import { packageUrl, version } from '../util/index.ts';
import { send, serviceHealth } from './connection.ts';

/** How long a service may take to answer: the first start makes the database. */
const startMilliseconds = 60_000;

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

/** Asks a running service to stop and waits until it is gone; false when there was none. */
export async function stopService(stateFolder: string): Promise<boolean> {
  const health = await serviceHealth(stateFolder);
  if (health === undefined) return false;
  await send(stateFolder, 'POST', '/stop', {}).catch(() => undefined);
  for (const end = performance.now() + 30_000; performance.now() < end; await sleep(50)) {
    if (!isAlive(health.pid)) return true;
  }
  throw new CrafterError('SERVICE_UNAVAILABLE', `The service (process ${health.pid}) does not stop.`, {
    hint: `End it with: kill ${health.pid}`,
  });
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
    env: { ...process.env, MCP_CRAFTER_HOME: stateFolder },
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.unref();
  try {
    for (const end = performance.now() + startMilliseconds; performance.now() < end; ) {
      if ((await serviceHealth(stateFolder)) !== undefined) return;
      const ended = await Promise.race([exited.then(() => true), sleep(30, false)]);
      if (ended && (await answersAfterLosingTheRace(stateFolder))) return;
      if (ended) break;
    }
    throw await failedToStart(logFile, start);
  } finally {
    await log.close();
  }
}

/** Two commands may start a service at once; the second one leaves the field to the first. */
async function answersAfterLosingTheRace(stateFolder: string): Promise<boolean> {
  for (let attempt = 0; attempt < 40; attempt++) {
    if ((await serviceHealth(stateFolder)) !== undefined) return true;
    await sleep(50);
  }
  return false;
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
