import { createMiddleware } from 'hono/factory';
import { CrafterError } from '../../errors.ts';
import { refuse } from './refuse.ts';

/** Refuses what a page of another origin sends; to stand behind the check of the host. Programs send no Origin. */
export const originGuard = createMiddleware(async (c, next) => {
  const origin = c.req.header('origin');
  if (origin === undefined || origin === `http://${c.req.header('host')}`) return next();
  const message = 'The service answers to no page of another origin.';
  return refuse(c, new CrafterError('FORBIDDEN', message, { hint: 'Ask it from a program, with its token.' }));
});
