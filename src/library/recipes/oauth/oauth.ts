import * as oauth from 'oauth4webapi';
import { ToolError } from '#runtime/errors.ts';
import type { CallContext } from '#shared/bearer.ts';
import { optionalSetting } from '#shared/settings.ts';
import { endpoints } from './oauth-endpoints.ts';
import { asked, currentSession, isFresh, renew, signInAsClient } from './oauth-session.ts';

export interface OauthAuthenticatorInput {
  action: 'connect' | 'authorize' | 'complete' | 'refresh' | 'status';
  code?: string;
  state?: string;
  issuer?: string;
}

export interface OauthAuthenticatorOutput {
  status: 'signed_in' | 'expired' | 'waiting_for_user' | 'signed_out';
  scopes: string[];
  can_refresh: boolean;
  kept_on_disk: boolean;
  grant?: string;
  expires_at?: string;
  expires_in_seconds?: number;
  authorization_url?: string;
}

/** Sign-ins begun and not ended; the verifier never leaves the process. */
const begun = new Map<string, { verifier: string; until: number }>();
const patience = 10 * 60_000;
const mostBegun = 20;

/** Signs in with OAuth 2.0. The tokens stay in this process: no answer, log or plain file holds one. */
export async function oauthAuthenticator(
  args: OauthAuthenticatorInput,
  context: CallContext,
): Promise<OauthAuthenticatorOutput> {
  if (args.action === 'authorize') return begin(context);
  if (args.action === 'connect') await signInAsClient(context);
  if (args.action === 'refresh') await renew(context);
  if (args.action === 'complete') await complete(args, context);
  return state();
}

async function begin(context: CallContext): Promise<OauthAuthenticatorOutput> {
  const redirect = context.secret('OAUTH_REDIRECT_URI');
  const { server, client } = await endpoints(context);
  if (server.authorization_endpoint === undefined) {
    throw new ToolError(
      'OAUTH_AUTHORIZATION_URL is not set.',
      'Set it to the page where users sign in, or call with action `connect` for client credentials.',
    );
  }
  const verifier = oauth.generateRandomCodeVerifier();
  const random = oauth.generateRandomState();
  for (const [key, { until }] of begun) if (until < Date.now() || begun.size >= mostBegun) begun.delete(key);
  begun.set(random, { verifier, until: Date.now() + patience });
  const url = new URL(server.authorization_endpoint);
  const scope = optionalSetting(context, 'OAUTH_SCOPE');
  const parameters = {
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirect,
    state: random,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(scope === undefined ? {} : { scope }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { ...state(), status: 'waiting_for_user', authorization_url: url.href };
}

async function complete(args: OauthAuthenticatorInput, context: CallContext): Promise<void> {
  const pending = begun.get(args.state ?? '');
  if (args.code === undefined || args.state === undefined) {
    throw new ToolError(
      'The code or the state is missing.',
      'Give both as they stand in the address the user was sent back to.',
    );
  }
  if (pending === undefined || pending.until < Date.now()) {
    throw new ToolError(
      'This state belongs to no sign-in that is waiting here.',
      'Call with action `authorize` and let the user open the new address within 10 minutes.',
    );
  }
  begun.delete(args.state);
  const redirect = context.secret('OAUTH_REDIRECT_URI');
  const { server, client, proof } = await endpoints(context);
  const answered = new URLSearchParams({
    code: args.code,
    state: args.state,
    ...(args.issuer === undefined ? {} : { iss: args.issuer }),
  });
  await asked(context, 'authorization_code', server, async (options) => {
    const callback = oauth.validateAuthResponse(server, client, answered, args.state ?? '');
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      proof,
      callback,
      redirect,
      pending.verifier,
      options,
    );
    return oauth.processAuthorizationCodeResponse(server, client, response);
  });
}

function state(): OauthAuthenticatorOutput {
  const held = currentSession();
  if (held === undefined) return { status: 'signed_out', scopes: [], can_refresh: false, kept_on_disk: false };
  const fresh = held.expiresAt === undefined || held.expiresAt > Date.now();
  return {
    status: isFresh(held) || fresh ? 'signed_in' : 'expired',
    grant: held.grant,
    scopes: held.scope.split(' ').filter((scope) => scope !== ''),
    can_refresh: held.refreshToken !== undefined || held.grant === 'client_credentials',
    kept_on_disk: held.keptOnDisk,
    ...(held.expiresAt === undefined
      ? {}
      : {
          expires_at: new Date(held.expiresAt).toISOString(),
          expires_in_seconds: Math.max(0, Math.round((held.expiresAt - Date.now()) / 1000)),
        }),
  };
}
