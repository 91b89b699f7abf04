import * as oauth from 'oauth4webapi';
import { ToolError } from '#runtime/errors.ts';
import type { CallContext } from '#shared/bearer.ts';
import { logCall } from '#shared/call-log.ts';
import { addressSetting, isLoopback, optionalSetting } from '#shared/settings.ts';

/** Who asks for tokens, where, and how it proves itself. */
export interface Endpoints {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly proof: oauth.ClientAuth;
}

/**
 * Reads the OAUTH_ variables; with OAUTH_ISSUER what is not set is discovered there.
 * @throws ToolError naming the variable that is missing or wrong.
 */
export async function endpoints(context: CallContext): Promise<Endpoints> {
  const client = { client_id: context.secret('OAUTH_CLIENT_ID') };
  const secret = optionalSetting(context, 'OAUTH_CLIENT_SECRET');
  const server = await authorizationServer(context);
  return { server, client, proof: secret === undefined ? oauth.None() : secretProof(secret, server) };
}

async function authorizationServer(context: CallContext): Promise<oauth.AuthorizationServer> {
  const [issuer, token, authorize] = ['OAUTH_ISSUER', 'OAUTH_TOKEN_URL', 'OAUTH_AUTHORIZATION_URL'].map((name) =>
    optionalSetting(context, name) === undefined ? undefined : addressSetting(context, name),
  );
  const base = issuer ?? token;
  if (base === undefined) {
    throw new ToolError(
      'Neither OAUTH_TOKEN_URL nor OAUTH_ISSUER is set.',
      'Set one of them to the address your provider names, then call again.',
    );
  }
  const told = token !== undefined && authorize !== undefined;
  return {
    ...(issuer === undefined || told ? { issuer: issuer?.href ?? base.origin } : await discovered(context, issuer)),
    ...(token === undefined ? {} : { token_endpoint: token.href }),
    ...(authorize === undefined ? {} : { authorization_endpoint: authorize.href }),
  };
}

const known = new Map<string, oauth.AuthorizationServer>();

/** What an issuer says of itself (OpenID Connect Discovery, else RFC 8414); asked once. */
async function discovered(context: CallContext, issuer: URL): Promise<oauth.AuthorizationServer> {
  const before = known.get(issuer.href);
  if (before !== undefined) return before;
  const ask = (algorithm: 'oidc' | 'oauth2') =>
    oauth.discoveryRequest(issuer, { algorithm, ...requestOptions(context, issuer.href) });
  try {
    const first = await ask('oidc');
    const found = await oauth.processDiscoveryResponse(issuer, first.status === 404 ? await ask('oauth2') : first);
    known.set(issuer.href, found);
    return found;
  } catch (error) {
    if (error instanceof ToolError || context.signal.aborted) throw error;
    throw new ToolError(
      'The issuer does not say where its endpoints are.',
      'Check OAUTH_ISSUER, or set OAUTH_TOKEN_URL and OAUTH_AUTHORIZATION_URL instead.',
    );
  }
}

/** Basic unless the server takes the secret only in the body (RFC 6749, 2.3.1 prefers Basic). */
function secretProof(secret: string, server: oauth.AuthorizationServer): oauth.ClientAuth {
  const methods = server.token_endpoint_auth_methods_supported;
  const onlyPost =
    methods !== undefined && !methods.includes('client_secret_basic') && methods.includes('client_secret_post');
  return onlyPost ? oauth.ClientSecretPost(secret) : oauth.ClientSecretBasic(secret);
}

/** The server's own fetch with its grants and limits; plain http only to this machine. */
export function requestOptions(context: CallContext, address: string | undefined) {
  const plain = address !== undefined && new URL(address).protocol === 'http:' && isLoopback(new URL(address).hostname);
  return {
    [oauth.customFetch]: (url: string, init: unknown) => loggedFetch(context, url, init as RequestInit),
    [oauth.allowInsecureRequests]: plain,
    signal: context.signal,
  };
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
