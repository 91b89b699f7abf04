import { createMiddleware } from 'hono/factory';
import { CrafterError } from '../../errors.ts';
import { refuse } from './refuse.ts';

/** Largest request body in bytes: the largest document a source reads, with room for JSON escapes. */
const maxBodyBytes = 64 * 1024 * 1024;

/** The length is what the HTTP parser holds a body to; without it nobody knows where it ends. */
export const sizeGuard = createMiddleware(async (c, next) => {
  const length = c.req.header('content-length');
  if (c.req.method === 'GET' || (length !== undefined && Number(length) <= maxBodyBytes)) return next();
  const what = length === undefined ? 'comes without its length' : `is larger than ${maxBodyBytes / 1024 / 1024} MB`;
  const hint = 'Send a smaller document, with a Content-Length.';
  return refuse(c, new CrafterError('INPUT_TOO_LARGE', `The request ${what}.`, { hint }));
});
