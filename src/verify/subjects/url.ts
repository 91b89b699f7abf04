import { CrafterError } from '../../errors.ts';
import type { Target } from '../target.ts';
import type { VerifySubject } from '../types.ts';

/** A server that runs elsewhere: looked at, listed, never called. */
export function urlTarget({ url, token }: Extract<VerifySubject, { kind: 'url' }>): Target {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password)
    throw new CrafterError('INVALID_INPUT', 'The URL is not one of a server.', {
      hint: 'Write http:// or https://, without a user name or password in it.',
    });
  return {
    name: `${parsed.origin}${parsed.pathname}`,
    generated: false,
    endpoint: { kind: 'http', url: parsed.href, ...(token !== undefined && { token }) },
    transports: ['http'],
    sources: async () => new Map(),
    dependencies: async () => undefined,
    diagnostics: async () => undefined,
    bundle: async () => undefined,
    hiddenPaths: [],
    caveats: ['The server runs elsewhere: its tools were listed and not called, its source was not seen.'],
  };
}
