import { ToolError } from '#runtime/errors.ts';
import type { TokenConfig, TokenSettings } from '#runtime/token-settings.ts';
import type { CallContext } from '#shared/bearer.ts';
import { logCall } from '#shared/call-log.ts';
import { addressSetting, optionalSetting } from '#shared/settings.ts';

/** The sign-in that the OAUTH_ variables describe; what is not set is discovered at OAUTH_ISSUER. */
export const oauthConfig: TokenConfig<CallContext> = {
  words: {
    clientId: 'OAUTH_CLIENT_ID',
    clientSecret: 'OAUTH_CLIENT_SECRET',
    addresses: 'OAUTH_TOKEN_URL and OAUTH_AUTHORIZATION_URL, or OAUTH_ISSUER',
    scope: 'OAUTH_SCOPE',
    signIn: 'call oauth_authenticator with action `authorize` (or `connect` for client credentials)',
  },
  file: 'oauth/session.sealed',
  settings,
  fetch: loggedFetch,
};

function settings(context: CallContext): TokenSettings {
  const clientId = context.secret('OAUTH_CLIENT_ID');
  const issuer = address(context, 'OAUTH_ISSUER');
  const tokenUrl = address(context, 'OAUTH_TOKEN_URL');
  const authorizationUrl = address(context, 'OAUTH_AUTHORIZATION_URL');
  if (issuer === undefined && tokenUrl === undefined) {
    throw new ToolError(
      'Neither OAUTH_TOKEN_URL nor OAUTH_ISSUER is set.',
      'Set one of them to the address your provider names, then call again.',
    );
  }
  return {
    clientId,
    ...(issuer && { issuer }),
    ...(tokenUrl && { tokenUrl }),
    ...(authorizationUrl && { authorizationUrl }),
    ...text(context, 'clientSecret', 'OAUTH_CLIENT_SECRET'),
    ...text(context, 'redirectUri', 'OAUTH_REDIRECT_URI'),
    ...text(context, 'scope', 'OAUTH_SCOPE'),
    ...text(context, 'storeKey', 'OAUTH_STORE_KEY'),
  };
}

function address(context: CallContext, name: string): URL | undefined {
  return optionalSetting(context, name) === undefined ? undefined : addressSetting(context, name);
}

function text<Name extends string>(context: CallContext, name: Name, variable: string): { [name in Name]?: string } {
  const value = optionalSetting(context, variable);
  return (value === undefined ? {} : { [name]: value }) as { [name in Name]?: string };
}

async function loggedFetch(context: CallContext, url: string, init: RequestInit): Promise<Response> {
  const started = performance.now();
  const entry = { method: init.method ?? 'GET', path: new URL(url).pathname, attempts: 1 };
  try {
    const response = await context.fetch(url, init);
    await logCall(context, { ...entry, status: response.status, ms: Math.round(performance.now() - started) });
    return response;
  } catch (error) {
    await logCall(context, { ...entry, ms: Math.round(performance.now() - started), error: 'no answer' });
    throw error;
  }
}
