import type { SecurityScheme } from '../../../spec/index.ts';
import { isObject, own, text } from './json.ts';
import { withoutLogin } from './url.ts';

type Flow = Omit<
  Extract<SecurityScheme, { type: 'oauth2' }>,
  'type' | 'token' | 'clientId' | 'clientSecret' | 'refreshToken'
>;

/** A server acts by itself where it can: client credentials first, then with a user's consent. */
const order = ['clientCredentials', 'authorizationCode', 'deviceAuthorization', 'password', 'implicit'] as const;

/** Names that documents of other tools give the flows. */
const otherNames: Readonly<Record<string, (typeof order)[number]>> = {
  application: 'clientCredentials',
  accessCode: 'authorizationCode',
};

/** The flow that is used of those an OAuth 2.0 scheme offers (OpenAPI 3.1.1, 4.8.28). */
export function flowOf(flows: unknown): Flow | undefined {
  if (!isObject(flows)) return undefined;
  const named = Object.entries(flows).flatMap(([name, value]) =>
    isObject(value) ? [[Object.hasOwn(otherNames, name) ? otherNames[name] : name, value] as const] : [],
  );
  const flow = order.find((name) => named.some(([given]) => given === name));
  const value = named.find(([name]) => name === flow)?.[1];
  if (flow === undefined || value === undefined) return undefined;
  const url = (key: string): string | undefined => withoutLogin(text(own(value, key)).trim()) || undefined;
  const [tokenUrl, authorizationUrl, refreshUrl] = [
    url('tokenUrl'),
    url('authorizationUrl') ?? url('deviceAuthorizationUrl'),
    url('refreshUrl'),
  ];
  const scopes = own(value, 'scopes');
  return {
    flow,
    ...(tokenUrl !== undefined && { tokenUrl }),
    ...(authorizationUrl !== undefined && { authorizationUrl }),
    ...(refreshUrl !== undefined && { refreshUrl }),
    scopes: isObject(scopes)
      ? Object.keys(scopes)
          .filter((scope) => /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(scope))
          .slice(0, 100)
      : [],
  };
}
