import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CrafterError } from '../errors.ts';
import { packageUrl, version } from '../util/index.ts';
import { probeService, serviceHealth } from './connection.ts';
import { serviceEnvironment } from './environment.ts';
import { mostSilences, processOf, serviceMark } from './holder.ts';
import { stopService } from './stop.ts';

/** How long a service may take to answer, whoever started it: the first start makes the database. */
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
  await startService(stateFolder, true);
}

async function startService(stateFolder: string, onceMore: boolean): Promise<void> {
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
  child.unref();
  await log.close();
  const outcome = await comesUp(stateFolder, child);
  if (outcome === 'answers') return;
  if (outcome !== undefined) throw doesNotAnswer(outcome);
  // It left the field to another one, which has ended since.
  if (onceMore && child.exitCode === 0) return startService(stateFolder, false);
  throw await failedToStart(logFile, start);
}

/**
 * Waits until a service answers, this one or another that has the state folder already and may be starting or ending;
 * otherwise gives the mark of the one that does not answer, or undefined when none is left.
 */
async function comesUp(stateFolder: string, child: ChildProcess): Promise<'answers' | string | undefined> {
  let silences = 0;
  for (const end = performance.now() + startMilliseconds; performance.now() < end; await sleep(30)) {
    const found = await probeService(stateFolder);
    if (found !== undefined && found !== 'silent') return 'answers';
    if (child.exitCode === null && child.signalCode === null) continue;
    const mark = await serviceMark(stateFolder);
    silences = found === 'silent' ? silences + 1 : 0;
    if (mark === undefined || silences === mostSilences) return mark;
  }
  return serviceMark(stateFolder);
}

function doesNotAnswer(mark: string): CrafterError {
  return new CrafterError(
    'SERVICE_UNAVAILABLE',
    `The mcp-crafter service (process ${processOf(mark)}) does not answer.`,
    {
      hint: 'End it with `mcp-crafter serve --stop`; the next command starts it again, and it goes on with unfinished builds.',
    },
  );
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
