import { variable, type ApiContext } from './api-context.ts';
import type { OauthScheme, OpenIdScheme } from './api-file.ts';
import { ToolError } from './errors.ts';
import { isOwnNetwork } from './own-network.ts';
import type { TokenConfig, TokenSettings } from './token-settings.ts';

/** Variables that all sign-ins of users share. */
export const redirectVariable = 'OAUTH_REDIRECT_URI';
export const storeKeyVariable = 'OAUTH_STORE_KEY';

/** The sign-in of one security scheme: its addresses from the document, its client from the environment. */
export function apiTokenConfig(name: string, scheme: OauthScheme | OpenIdScheme): TokenConfig<ApiContext> {
  return {
    words: {
      clientId: scheme.clientId,
      clientSecret: scheme.clientSecret,
      addresses: `the addresses of the security scheme ${name} in the API's document`,
      scope: `the scopes of the security scheme ${name}`,
      signIn: 'call `authorize`',
    },
    file: `oauth/${encodeURIComponent(name).slice(0, 100)}.sealed`,
    settings: (context) => settings(name, scheme, context),
  };
}

function settings(name: string, scheme: OauthScheme | OpenIdScheme, context: ApiContext): TokenSettings {
  const set = <Key extends string>(key: Key, value: string | undefined) =>
    (value === undefined ? {} : { [key]: value }) as { [key in Key]?: string };
  const address = <Key extends string>(key: Key, url: string | undefined) =>
    (url === undefined ? {} : { [key]: checked(url, name) }) as { [key in Key]?: URL };
  const byUser = scheme.type === 'openIdConnect' || scheme.flow === 'authorizationCode';
  const shared = {
    clientId: context.secret(scheme.clientId).trim(),
    ...set('clientSecret', variable(context, scheme.clientSecret)),
    ...set('refreshToken', variable(context, scheme.refreshToken)),
    ...set('storeKey', variable(context, storeKeyVariable)),
    ...set('redirectUri', byUser ? variable(context, redirectVariable) : undefined),
  };
  if (scheme.type === 'openIdConnect')
    return { ...shared, scope: 'openid', ...address('discoveryUrl', scheme.discoveryUrl) };
  const { scopes = [] } = scheme;
  const username = scheme.username && variable(context, scheme.username);
  const password = scheme.password && variable(context, scheme.password);
  return {
    ...shared,
    byClient: !['password', 'deviceAuthorization', 'implicit'].includes(scheme.flow),
    ...(username && password && { user: { username, password } }),
    ...set('scope', scopes.length === 0 ? undefined : scopes.join(' ')),
    ...address('tokenUrl', scheme.tokenUrl),
    ...address('refreshUrl', scheme.refreshUrl),
    ...address('deviceUrl', scheme.flow === 'deviceAuthorization' ? scheme.authorizationUrl : undefined),
    ...address('authorizationUrl', byUser ? scheme.authorizationUrl : undefined),
  };
}

/** Secrets go over https, or stay in one's own network. */
function checked(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isOwnNetwork(url.hostname))) return url;
  throw new ToolError(
    `An address of the security scheme ${name} is no https address.`,
    'Correct it in the document and make the server anew.',
  );
}
