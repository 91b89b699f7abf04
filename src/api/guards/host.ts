import type { HttpBindings } from '@hono/node-server';
import { createMiddleware } from 'hono/factory';
import { CrafterError } from '../../errors.ts';
import { refuse } from './refuse.ts';

/**
 * Lets through what was sent to an address of this service by its own name: a page of another site that makes its name lead
 * here (DNS rebinding) still sends that name.
 * @param named the host that the user told to listen at.
 */
export const hostGuard = (named: string) =>
  createMiddleware<{ Bindings: HttpBindings }>(async (c, next) => {
    const host = nameOf(c.req.header('host') ?? '');
    const address = (c.env.incoming.socket.localAddress ?? '').replace(/^::ffff:/, '');
    const own = new Set([named.toLowerCase(), address]);
    if (address === '::1' || address.startsWith('127.')) own.add('localhost');
    if (host !== '' && own.has(host)) return next();
    const message = 'The service does not answer to the host that the request names.';
    return refuse(c, new CrafterError('FORBIDDEN', message, { hint: `Ask it at ${[...own].join(' or ')}.` }));
  });

/** The host of a Host header (RFC 9110, 7.2), without port and brackets; empty for what is none. */
function nameOf(header: string): string {
  const [, name = '', bracketed = ''] = /^(?:([^\s:/?#@[\]]+)|\[([0-9a-f:.]+)\])(?::\d{1,5})?$/i.exec(header) ?? [];
  return (name || bracketed).toLowerCase();
}
