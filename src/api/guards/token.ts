import { createHash, timingSafeEqual } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import { CrafterError } from '../../errors.ts';
import { refuse } from './refuse.ts';

/** Lets through who sends the token (RFC 6750, 2.1); digests of one length are compared in constant time. */
export function tokenGuard(token: string) {
  const wanted = digest(token);
  return createMiddleware(async (c, next) => {
    const given = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    if (given !== '' && timingSafeEqual(digest(given), wanted)) return next();
    const error = new CrafterError('UNAUTHENTICATED', 'The request comes without the token of the service.', {
      hint: 'Send `Authorization: Bearer TOKEN`; `mcp-crafter serve --http` says in which file it stands.',
    });
    return refuse(c, error, { 'www-authenticate': 'Bearer realm="mcp-crafter"' });
  });
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
