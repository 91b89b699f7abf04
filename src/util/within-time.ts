import { createContext, Script, type Context } from 'node:vm';

/** Work was ended because its time had run out. */
export class TookTooLong extends Error {}

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
