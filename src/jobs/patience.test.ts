import { expect, it } from 'vitest';
import { CrafterError, type ErrorCode } from '../errors.ts';
import { patiently } from './patience.ts';

const failing = (code: ErrorCode, times: number) => {
  let tries = 0;
  return {
    tries: () => tries,
    work: async () => {
      if (++tries <= times) throw new CrafterError(code, 'Not now.', { hint: 'Wait.' });
      return 'done';
    },
  };
};

it('[DURABLE-WANT-9] steps wait for a database that cannot be had, for nothing else, and until they are cancelled', async () => {
  const controller = new AbortController();
  const late = failing('DATABASE_UNAVAILABLE', 1);
  const ended = (tried: typeof late) => patiently(tried.work, controller.signal).catch((error: CrafterError) => error.code);
  expect([await ended(late), late.tries()]).toEqual(['done', 2]);
  const broken = failing('BUILD_FAILED', 1);
  expect([await ended(broken), broken.tries()]).toEqual(['BUILD_FAILED', 1]);
  const gone = failing('DATABASE_UNAVAILABLE', 1000);
  const waiting = ended(gone);
  controller.abort();
  expect(await waiting).toBe('DATABASE_UNAVAILABLE');
});
