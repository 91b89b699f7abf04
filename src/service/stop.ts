import { setTimeout as sleep } from 'node:timers/promises';
import { CrafterError } from '../errors.ts';
import { markLives } from '../util/index.ts';
import { probeService, send } from './connection.ts';
import { mostSilences, processOf, serviceMark } from './holder.ts';

/**
 * How a service is told to end, and how long it may take, in milliseconds: in order up to 10 seconds for steps of builds and
 * 20 for PostgreSQL, after a start of up to 60 that has to be finished first.
 */
const ways = [
  ['SIGTERM', 90_000],
  ['SIGKILL', 5000],
] as const;

/**
 * Asks a service to end and waits until it is gone; false when there was none. One that does not answer is killed: the
 * next one goes on with what it had accepted.
 * @throws CrafterError SERVICE_UNAVAILABLE when it stays all the same.
 */
export async function stopService(stateFolder: string): Promise<boolean> {
  const found = await probeService(stateFolder);
  const answers = found !== undefined && found !== 'silent';
  const mark = await serviceMark(stateFolder);
  // One in another container is reached by its socket alone.
  if (answers) await send(stateFolder, 'POST', '/stop', {}, AbortSignal.timeout(5000)).catch(() => undefined);
  if (mark === undefined) return answers;
  for (const [signal, milliseconds] of ways) {
    tell(mark, signal);
    if (await hasEnded(stateFolder, mark, milliseconds)) return true;
  }
  throw new CrafterError('SERVICE_UNAVAILABLE', `The service (process ${processOf(mark)}) does not stop.`, {
    hint: `Not even SIGKILL ends it: the kernel holds it. See: ps -o stat,wchan ${processOf(mark)}`,
  });
}

function tell(mark: string, signal: NodeJS.Signals): void {
  try {
    if (markLives(mark)) process.kill(processOf(mark), signal);
  } catch (error) {
    // It has ended in between.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether it ends in its time. Who ends in order closes its socket first: one that listens and is silent does not. */
async function hasEnded(stateFolder: string, mark: string, milliseconds: number): Promise<boolean> {
  let silences = 0;
  for (const end = performance.now() + milliseconds; markLives(mark); await sleep(50)) {
    silences = (await probeService(stateFolder)) === 'silent' ? silences + 1 : 0;
    if (silences === mostSilences || performance.now() > end) return false;
  }
  return true;
}
