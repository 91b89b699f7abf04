import { createMiddleware } from 'hono/factory';
import { CrafterError } from '../../errors.ts';
import { refuse } from './refuse.ts';

/** Requests a second in the long run, and at once after a pause: more than an owner's programs make. */
const perSecond = 200;
const burst = 400;

/** A token bucket for one face of the service. */
export function rateGuard(now: () => number = () => performance.now() / 1000) {
  let left = burst;
  let seen = now();
  return createMiddleware(async (c, next) => {
    const at = now();
    left = Math.min(burst, left + (at - seen) * perSecond);
    seen = at;
    if (left >= 1) {
      left -= 1;
      return next();
    }
    const error = new CrafterError('RATE_LIMITED', `More than ${perSecond} requests a second came to the service.`, {
      hint: 'Nothing was done for this one. Send it again after a second.',
    });
    return refuse(c, error, { 'retry-after': '1' });
  });
}
