import { createContext, Script, type Context } from 'node:vm';

/** Work was ended because its time had run out. */
export class TookTooLong extends Error {}

export type InTime = <T>(work: () => T) => T;

let room: Context | undefined;
const script = new Script('work()');

/**
 * Runs work of which strangers decide how long it takes, such as matching their patterns: while it runs, nothing else in
 * this process does, and no timer or signal ends it. V8 ends a match of a regular expression, too.
 * @throws TookTooLong, and what the work throws.
 */
export function withinTime<T>(milliseconds: number, work: () => T): T {
  room ??= createContext({});
  room['work'] = work;
  try {
    return script.runInContext(room, { timeout: milliseconds }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new TookTooLong(`It took longer than ${milliseconds} ms.`);
  } finally {
    delete room['work'];
  }
}

/**
 * Runs work as `withinTime` does, each at most so many milliseconds, and all of it together too: strangers also decide how
 * much there is of it. Give it nothing that runs such work itself: of two clocks that end at once one is lost.
 */
export function timeFor(all: number, each: number): InTime {
  let left = all;
  return (work) => {
    if (left < 1) throw new TookTooLong(`Together it took longer than ${all} ms.`);
    const began = performance.now();
    try {
      return withinTime(Math.ceil(Math.min(each, left)), work);
    } finally {
      left -= performance.now() - began;
    }
  };
}
