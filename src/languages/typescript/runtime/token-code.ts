import { ToolError } from './errors.ts';
import { endpoints, loadOauth } from './token-endpoints.ts';
import type { TokenSession } from './token-session.ts';
import type { TokenConfig, TokenContext } from './token-settings.ts';

/** Where the user was sent back to, as its address says. */
export interface CodeAnswer {
  readonly code: string;
  readonly state: string;
  readonly issuer?: string;
}

/** Sign-ins by authorization code with PKCE (RFC 7636) that were begun and are not ended. */
export interface CodeFlow<Context extends TokenContext = TokenContext> {
  /** The address for the user to open. @throws ToolError when a variable or the address is missing. */
  begin(context: Context): Promise<string>;
  /** Trades the code for tokens, once a state. */
  complete(context: Context, answer: CodeAnswer): Promise<void>;
  /** Whether a sign-in with this state waits here. */
  waitsFor(state: string): boolean;
}

const patience = 10 * 60_000;
const mostBegun = 20;

interface Begun {
  /** Never leaves the process. */
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
    const pending = begun.get(state);
    if (pending === undefined || pending.until < Date.now())
      throw new ToolError(
        'This state belongs to no sign-in that is waiting here.',
        `To begin anew, ${config.words.signIn}, and let the user open the new address within 10 minutes.`,
      );
    begun.delete(state);
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

  return { begin, complete, waitsFor: (state) => begun.has(state) };
}
