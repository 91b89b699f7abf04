import type * as oauth from 'oauth4webapi';
import { ToolError } from './errors.ts';
import { forget, hide } from './mask.ts';
import { endpoints, loadOauth, requestOptions, type Endpoints } from './token-endpoints.ts';
import { explainRefusal } from './token-refusal.ts';
import { keepSealed, keptSealed, type KeptSignIn } from './token-seal.ts';
import type { TokenConfig, TokenContext, TokenSettings } from './token-settings.ts';

export interface Session {
  readonly grant: KeptSignIn['grant'];
  readonly accessToken: string;
  /** Milliseconds since 1970; absent when the server did not say. */
  readonly expiresAt?: number;
  readonly scope: string;
  readonly refreshToken?: string;
  readonly keptOnDisk: boolean;
}

/** One sign-in at one authorization server, held in this process. */
export interface TokenSession<Context extends TokenContext = TokenContext> {
  current(): Session | undefined;
  /** Asks for a token with the client's own credentials. */
  signInAsClient(context: Context): Promise<Session>;
  /** Trades the refresh token for a new access token, or asks anew where client credentials allow it. */
  renew(context: Context): Promise<Session>;
  /** An access token that is still good; calls that find it expired at the same time wait for one renewal. */
  token(context: Context): Promise<string>;
  /** Another access token than the one an API refused. */
  tokenAfter(refused: string, context: Context): Promise<string>;
  /** Whether a restart, or nobody signing in at all, leaves a way to get a token. */
  canRenew(context: Context): Promise<boolean>;
  /** Ends a sign-in by authorization code. */
  redeem(context: Context, ask: Ask): Promise<Session>;
}

/** Asks the token endpoint with the given endpoints and options. */
export type Ask = (
  found: Endpoints,
  options: Awaited<ReturnType<typeof requestOptions>>,
  client: Awaited<ReturnType<typeof loadOauth>>,
) => Promise<oauth.TokenEndpointResponse>;

/** A token is renewed this long before it expires, so that it does not expire on its way. */
const early = 30_000;

export const isFresh = (held: Session): boolean => held.expiresAt === undefined || held.expiresAt - early > Date.now();

export function openTokenSession<Context extends TokenContext>(config: TokenConfig<Context>): TokenSession<Context> {
  let session: Session | undefined;
  let renewing: { readonly done: Promise<Session>; readonly signal: AbortSignal } | undefined;

  async function asked(context: Context, settings: TokenSettings, grant: Session['grant'], ask: Ask): Promise<Session> {
    const before = session;
    session = await held(config, context, settings, grant, ask);
    if (before !== undefined && before.accessToken !== session.accessToken) forget(before.accessToken);
    return session;
  }

  async function signInAsClient(context: Context): Promise<Session> {
    const settings = config.settings(context);
    if (settings.clientSecret === undefined)
      throw new ToolError(
        `${config.words.clientSecret} is not set.`,
        `Set it for client credentials; to sign in as a user, ${config.words.signIn}.`,
      );
    const { scope } = settings;
    return asked(context, settings, 'client_credentials', async (found, options, client) => {
      const parameters: Record<string, string> = scope === undefined ? {} : { scope };
      const response = await client.clientCredentialsGrantRequest(
        found.server,
        found.client,
        found.proof,
        parameters,
        options,
      );
      return client.processClientCredentialsResponse(found.server, found.client, response);
    });
  }

  async function signInAsUser(
    context: Context,
    settings: TokenSettings,
    { username, password }: NonNullable<TokenSettings['user']>,
  ): Promise<Session> {
    const { scope } = settings;
    const parameters = { username, password, ...(scope !== undefined && { scope }) };
    return asked(context, settings, 'password', async ({ server, client: id, proof }, options, client) => {
      const response = await client.genericTokenEndpointRequest(server, id, proof, 'password', parameters, options);
      return client.processGenericTokenEndpointResponse(server, id, response);
    });
  }

  async function renew(context: Context): Promise<Session> {
    const settings = config.settings(context);
    if (settings.user !== undefined) return signInAsUser(context, settings, settings.user);
    const kept = session ?? (await keptSealed<KeptSignIn>(context, config.file, settings.storeKey));
    const refreshToken = kept?.refreshToken ?? settings.refreshToken;
    if (refreshToken === undefined) {
      if (kept?.grant === 'client_credentials' || isClientOnly(settings)) return signInAsClient(context);
      throw new ToolError('There is no refresh token.', `Sign in again: ${config.words.signIn}.`);
    }
    const grant = kept?.grant ?? 'authorization_code';
    return asked(context, settings, grant, async ({ server, client: id, proof }, options, client) => {
      const at = settings.refreshUrl === undefined ? server : { ...server, token_endpoint: settings.refreshUrl.href };
      const response = await client.refreshTokenGrantRequest(at, id, proof, refreshToken, options);
      const answer = await client.processRefreshTokenResponse(at, id, response);
      return { refresh_token: refreshToken, ...answer };
    });
  }

  async function renewOnce(context: Context): Promise<Session> {
    for (;;) {
      renewing ??= {
        signal: context.signal,
        done: renew(context).finally(() => {
          renewing = undefined;
        }),
      };
      const { done, signal } = renewing;
      try {
        return await done;
      } catch (error) {
        // The renewal ran on behalf of a call that was cancelled: this one begins its own.
        if (context.signal.aborted || !signal.aborted) throw error;
      }
    }
  }

  return {
    current: () => session,
    signInAsClient,
    renew,
    async token(context) {
      return session !== undefined && isFresh(session) ? session.accessToken : (await renewOnce(context)).accessToken;
    },
    async tokenAfter(refused, context) {
      if (session !== undefined && session.accessToken !== refused) return session.accessToken;
      return (await renewOnce(context)).accessToken;
    },
    async canRenew(context) {
      if (session !== undefined) return true;
      const settings = config.settings(context);
      if ((settings.user ?? settings.refreshToken) !== undefined || isClientOnly(settings)) return true;
      return (await keptSealed<KeptSignIn>(context, config.file, settings.storeKey)) !== undefined;
    },
    redeem: (context, ask) => asked(context, config.settings(context), 'authorization_code', ask),
  };
}

/** Asks the token endpoint and makes a session of what it gave. Every failure is a ToolError without any token in it. */
async function held<Context extends TokenContext>(
  config: TokenConfig<Context>,
  context: Context,
  settings: TokenSettings,
  grant: Session['grant'],
  ask: Ask,
): Promise<Session> {
  const client = await loadOauth();
  try {
    const found = await endpoints(config, settings, context);
    const options = await requestOptions(config, context, found.server.token_endpoint);
    const answer = await askEitherWay(ask, found, options, client);
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = answer;
    hide('access token', accessToken);
    const scope = answer.scope ?? settings.scope ?? '';
    const keptOnDisk =
      refreshToken !== undefined &&
      (await keepSealed(context, config.file, settings.storeKey, { grant, scope, refreshToken } satisfies KeptSignIn));
    return {
      grant,
      accessToken,
      scope,
      keptOnDisk,
      ...(seconds !== undefined && { expiresAt: Date.now() + seconds * 1000 }),
      ...(refreshToken !== undefined && { refreshToken }),
    };
  } catch (error) {
    throw context.signal.aborted ? error : explainRefusal(error, config.words, client);
  }
}

/** Where the server does not say how it takes the secret, a refused client is tried the other way once. */
async function askEitherWay(
  ask: Ask,
  found: Endpoints,
  options: Parameters<Ask>[1],
  client: Parameters<Ask>[2],
): Promise<oauth.TokenEndpointResponse> {
  try {
    return await ask(found, options, client);
  } catch (error) {
    const refused =
      error instanceof client.WWWAuthenticateChallengeError ||
      (error instanceof client.ResponseBodyError && error.error === 'invalid_client');
    if (!refused || found.otherProof === undefined) throw error;
    return ask({ ...found, proof: found.otherProof }, options, client);
  }
}

/** Client credentials are meant where there is a secret and no page to send a user to. */
function isClientOnly({ clientSecret, authorizationUrl, redirectUri, byClient = true }: TokenSettings): boolean {
  return byClient && clientSecret !== undefined && authorizationUrl === undefined && redirectUri === undefined;
}
