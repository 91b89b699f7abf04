import { ToolError } from './errors.ts';
import { endpoints, loadOauth } from './token-endpoints.ts';
import { begunFile, keepSealed, keptSealed } from './token-seal.ts';
import type { TokenSession } from './token-session.ts';
import type { TokenConfig, TokenContext } from './token-settings.ts';

/** Where the user was sent back to, as its address says. */
export interface CodeAnswer {
  readonly code: string;
  readonly state: string;
  readonly issuer?: string;
}

/** Sign-ins by authorization code with PKCE (RFC 7636) that were begun and are not ended; with a key they outlive the process. */
export interface CodeFlow<Context extends TokenContext = TokenContext> {
  /** The address for the user to open. @throws ToolError when a variable or the address is missing. */
  begin(context: Context): Promise<string>;
  /** Trades the code for tokens, once a state. */
  complete(context: Context, answer: CodeAnswer): Promise<void>;
  /** Whether a sign-in with this state waits here. */
  waitsFor(context: Context, state: string): Promise<boolean>;
}

const patience = 10 * 60_000;
const mostBegun = 20;

interface Begun {
  /** Leaves the process only sealed. */
  readonly verifier: string;
  readonly redirect: string;
  readonly until: number;
}

/** @throws ToolError for an answer of another provider (RFC 9207), or one that is none. */
function validated<Answer>(validate: () => Answer): Answer {
  try {
    return validate();
  } catch {
    throw new ToolError(
      'The address that the user was sent back to is not from the provider asked: its issuer does not fit.',
      'Give code, state and `iss` as they stand in that address, or begin the sign-in anew.',
    );
  }
}

export function openCodeFlow<Context extends TokenContext>(
  config: TokenConfig<Context>,
  session: TokenSession<Context>,
  redirectVariable: string,
): CodeFlow<Context> {
  const begun = new Map<string, Begun>();

  /** What was begun, also by a process before this one. */
  async function pendingOf(context: Context, state: string): Promise<Begun | undefined> {
    if (!begun.has(state)) {
      const { storeKey } = config.settings(context);
      const kept = await keptSealed<Record<string, Begun>>(context, begunFile(config.file), storeKey);
      for (const [key, one] of Object.entries(kept ?? {})) if (!begun.has(key)) begun.set(key, one);
    }
    const pending = begun.get(state);
    return pending === undefined || pending.until < Date.now() ? undefined : pending;
  }

  async function keep(context: Context): Promise<void> {
    const { storeKey } = config.settings(context);
    await keepSealed(context, begunFile(config.file), storeKey, Object.fromEntries(begun));
  }

  async function begin(context: Context): Promise<string> {
    const settings = config.settings(context);
    const redirect = settings.redirectUri;
    if (redirect === undefined)
      throw new ToolError(`${redirectVariable} is not set.`, `Set it to the address the provider sends users back to.`);
    const client = await loadOauth();
    const { server } = await endpoints(config, settings, context);
    if (server.authorization_endpoint === undefined)
      throw new ToolError('There is no page where users sign in.', `Set ${config.words.addresses}.`);
    const verifier = client.generateRandomCodeVerifier();
    const state = client.generateRandomState();
    for (const [key, { until }] of begun) if (until < Date.now() || begun.size >= mostBegun) begun.delete(key);
    begun.set(state, { verifier, redirect, until: Date.now() + patience });
    await keep(context);
    const url = new URL(server.authorization_endpoint);
    const parameters = {
      response_type: 'code',
      client_id: settings.clientId,
      redirect_uri: redirect,
      state,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(settings.scope === undefined ? {} : { scope: settings.scope }),
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url.href;
  }

  async function complete(context: Context, { code, state, issuer }: CodeAnswer): Promise<void> {
    const pending = await pendingOf(context, state);
    if (pending === undefined)
      throw new ToolError(
        'This state belongs to no sign-in that is waiting here.',
        `To begin anew, ${config.words.signIn}, and let the user open the new address within 10 minutes.`,
      );
    begun.delete(state);
    await keep(context);
    const answered = new URLSearchParams({ code, state, ...(issuer === undefined ? {} : { iss: issuer }) });
    await session.redeem(context, async ({ server, client: id, proof }, options, client) => {
      const callback = validated(() => client.validateAuthResponse(server, id, answered, state));
      const { redirect, verifier } = pending;
      const response = await client.authorizationCodeGrantRequest(
        server,
        id,
        proof,
        callback,
        redirect,
        verifier,
        options,
      );
      return client.processAuthorizationCodeResponse(server, id, response);
    });
  }

  return { begin, complete, waitsFor: async (context, state) => (await pendingOf(context, state)) !== undefined };
}
