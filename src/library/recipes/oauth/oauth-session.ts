import * as oauth from 'oauth4webapi';
import { ToolError } from '#runtime/errors.ts';
import { provideBearer, type CallContext } from '#shared/bearer.ts';
import { optionalSetting } from '#shared/settings.ts';
import { endpoints, requestOptions, type Endpoints } from './oauth-endpoints.ts';
import { keep, kept, type StoredSession } from './oauth-store.ts';
import { explained } from './oauth-refusal.ts';

export interface Session {
  readonly grant: StoredSession['grant'];
  readonly accessToken: string;
  /** Milliseconds since 1970; absent when the server did not say. */
  readonly expiresAt?: number;
  readonly scope: string;
  readonly refreshToken?: string;
  readonly keptOnDisk: boolean;
}

/** A token is renewed this long before it expires, so that it does not expire on its way. */
const early = 30_000;
let session: Session | undefined;
let renewing: Promise<Session> | undefined;

export const currentSession = (): Session | undefined => session;

export const isFresh = (held: Session): boolean => held.expiresAt === undefined || held.expiresAt - early > Date.now();

/** Asks for a token with the client's own credentials. */
export async function signInAsClient(context: CallContext): Promise<Session> {
  if (optionalSetting(context, 'OAUTH_CLIENT_SECRET') === undefined) {
    throw new ToolError(
      'OAUTH_CLIENT_SECRET is not set.',
      'Set it for client credentials; to sign in as a user, call with action `authorize`.',
    );
  }
  const { server, client, proof } = await endpoints(context);
  const scope = optionalSetting(context, 'OAUTH_SCOPE');
  return asked(context, 'client_credentials', server, async (options) => {
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      proof,
      scope === undefined ? {} : { scope },
      options,
    );
    return oauth.processClientCredentialsResponse(server, client, response);
  });
}

/** Trades the refresh token for a new access token, or asks anew where client credentials allow it. */
export async function renew(context: CallContext): Promise<Session> {
  const held = session ?? (await kept(context));
  if (held?.refreshToken === undefined) {
    if (held?.grant === 'client_credentials' || clientOnly(context)) return signInAsClient(context);
    throw new ToolError(
      'There is no refresh token.',
      'Sign in again: call oauth_authenticator with action `authorize`.',
    );
  }
  const { refreshToken, grant } = held;
  const { server, client, proof } = await endpoints(context);
  return asked(context, grant, server, async (options) => {
    const response = await oauth.refreshTokenGrantRequest(server, client, proof, refreshToken, options);
    const answer = await oauth.processRefreshTokenResponse(server, client, response);
    return { refresh_token: refreshToken, ...answer };
  });
}

/** Asks the token endpoint and holds what it gave. Every failure becomes a ToolError without any token in it. */
export async function asked(
  context: CallContext,
  grant: Session['grant'],
  server: Endpoints['server'],
  ask: (options: ReturnType<typeof requestOptions>) => Promise<oauth.TokenEndpointResponse>,
): Promise<Session> {
  try {
    const answer = await ask(requestOptions(context, server.token_endpoint));
    const scope = answer.scope ?? optionalSetting(context, 'OAUTH_SCOPE') ?? '';
    const refreshToken = answer.refresh_token;
    session = {
      grant,
      accessToken: answer.access_token,
      scope,
      keptOnDisk: refreshToken !== undefined && (await keep(context, { grant, scope, refreshToken })),
      ...(answer.expires_in === undefined ? {} : { expiresAt: Date.now() + answer.expires_in * 1000 }),
      ...(refreshToken === undefined ? {} : { refreshToken }),
    };
    return session;
  } catch (error) {
    throw context.signal.aborted ? error : explained(error);
  }
}

/** Client credentials are meant where there is a secret and no page to send a user to. */
function clientOnly(context: CallContext): boolean {
  const isSet = (name: string) => optionalSetting(context, name) !== undefined;
  return isSet('OAUTH_CLIENT_SECRET') && !isSet('OAUTH_AUTHORIZATION_URL') && !isSet('OAUTH_REDIRECT_URI');
}

/** Calls that find the token expired at the same time wait for one renewal. */
function renewOnce(context: CallContext): Promise<Session> {
  renewing ??= renew(context).finally(() => {
    renewing = undefined;
  });
  return renewing;
}

provideBearer({
  async token(context) {
    if (session !== undefined && isFresh(session)) return session.accessToken;
    if (session === undefined && optionalSetting(context, 'OAUTH_CLIENT_ID') === undefined) return undefined;
    return (await renewOnce(context)).accessToken;
  },
  async renew(context, refused) {
    if (session !== undefined && session.accessToken !== refused) return session.accessToken;
    return (await renewOnce(context)).accessToken;
  },
});
