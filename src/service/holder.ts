import { readFile } from 'node:fs/promises';
import { markLives } from '../util/index.ts';
import { lockPath } from './protocol.ts';

/** How many questions in a row a service that listens may leave without an answer; one that starts or ends does not listen. */
export const mostSilences = 2;

/** Mark of the living process that has the state folder, also while it starts, ends or does not answer. */
export async function serviceMark(stateFolder: string): Promise<string | undefined> {
  const mark = await readFile(lockPath(stateFolder), 'utf8').catch(() => '');
  return markLives(mark) ? mark : undefined;
}

/** Process id in a mark. */
export const processOf = (mark: string): number => Number.parseInt(mark, 10);
