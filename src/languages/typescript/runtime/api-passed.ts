import type { ApiContext } from './api-context.ts';
import type { SecurityScheme } from './api-file.ts';
import { authorization, basicPair, keyProof, withScheme, type Proof } from './api-scheme.ts';

/** Header of the caller's own request whose value is passed on as Authorization, where that is switched on. */
const passedAuthorization = 'x-api-authorization';
/** The same for API keys: alone, or with the key's name on the wire behind it where an operation takes several. */
const passedKey = 'x-api-key';

/** What the caller's request gives for a scheme, as the scheme has it sent; `only` when it is the only key asked for. */
export function passedFor(scheme: SecurityScheme, only: boolean, context: ApiContext): Proof | undefined {
  const given = headerOf(context, passedAuthorization);
  switch (scheme.type) {
    case 'mutualTLS':
      return undefined;
    case 'apiKey': {
      if (scheme.in === 'header' && scheme.name.toLowerCase() === 'authorization') return passedWhole(context);
      const key = headerOf(context, keyHeader(scheme.name)) ?? (only ? headerOf(context, passedKey) : undefined);
      return key === undefined ? undefined : keyProof(scheme.in, scheme.name, key);
    }
    case 'basic':
      // Both `name:password` and what the header holds in the end.
      return given !== undefined && /^[^\s:]+:/.test(given) ? authorization(basicPair(given)) : passedWhole(context);
    case 'digest':
      return passedWhole(context);
    case 'http':
      return given === undefined ? undefined : authorization(withScheme(scheme.scheme, given));
    case 'oauth2':
    case 'openIdConnect':
      return given === undefined ? undefined : authorization(withScheme('Bearer', given));
  }
}

/** The caller's Authorization as it is. */
export function passedWhole(context: ApiContext): Proof | undefined {
  const given = headerOf(context, passedAuthorization);
  return given === undefined ? undefined : authorization(given);
}

/** Names of headers that pass on a key: `api key` in a query becomes `x-api-key-api-key`. */
const keyHeader = (name: string): string => `${passedKey}-${name.toLowerCase().replace(/[^a-z0-9_-]+/g, '-')}`;

/** A blank one gives nothing, and hides nothing. */
function headerOf({ header }: ApiContext, name: string): string | undefined {
  const value = header?.(name);
  return value === undefined || value.trim() === '' ? undefined : value;
}
