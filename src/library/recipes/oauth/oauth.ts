import { ToolError } from '#runtime/errors.ts';
import { isFresh } from '#runtime/token-session.ts';
import type { CallContext } from '#shared/bearer.ts';
import { codeFlow, session } from './oauth-session.ts';

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

/** Signs in with OAuth 2.0. The tokens stay in this process: no answer, log or plain file holds one. */
export async function oauthAuthenticator(
  args: OauthAuthenticatorInput,
  context: CallContext,
): Promise<OauthAuthenticatorOutput> {
  if (args.action === 'authorize') return begin(context);
  if (args.action === 'connect') await session.signInAsClient(context);
  if (args.action === 'refresh') await session.renew(context);
  if (args.action === 'complete') await complete(args, context);
  return state();
}

async function begin(context: CallContext): Promise<OauthAuthenticatorOutput> {
  const url = await codeFlow.begin(context);
  return { ...state(), status: 'waiting_for_user', authorization_url: url };
}

async function complete({ code, state: given, issuer }: OauthAuthenticatorInput, context: CallContext): Promise<void> {
  if (code === undefined || given === undefined) {
    throw new ToolError(
      'The code or the state is missing.',
      'Give both as they stand in the address the user was sent back to.',
    );
  }
  await codeFlow.complete(context, { code, state: given, ...(issuer !== undefined && { issuer }) });
}

function state(): OauthAuthenticatorOutput {
  const held = session.current();
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
