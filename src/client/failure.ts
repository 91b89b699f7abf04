import { CrafterError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { cut } from '../util/index.ts';

const MAX_WORDS = 500;

/** What went wrong between us and a server, in our words; the server's own words are quoted, and cut. */
export function clientError(error: unknown, what: string, fallback: ErrorCode, signal?: AbortSignal): CrafterError {
  if (error instanceof CrafterError) return error;
  if (signal?.aborted === true)
    return new CrafterError('CANCELLED', `${what} was cancelled.`, { hint: 'Start it again.', cause: error });
  const { code } = error as { code?: unknown };
  if (code === 'REQUEST_TIMEOUT') {
    return new CrafterError('TIMEOUT', `${what}: no answer in time.`, {
      hint: 'Allow more time, or look at the log of the server.',
      cause: error,
    });
  }
  const words = error instanceof Error ? error.message : String(error);
  const rpc = typeof code === 'number' ? ` (error ${code})` : '';
  return new CrafterError(fallback, `${what} failed${rpc}: ${cut(words, MAX_WORDS)}`, {
    hint: 'Look at the log of the server.',
    cause: error,
  });
}
