import type * as oauth from 'oauth4webapi';
import { ToolError } from './errors.ts';
import { isOwnNetwork } from './own-network.ts';
import type { TokenConfig, TokenContext, TokenSettings } from './token-settings.ts';

/** Loaded when somebody signs in: most calls of a server do without. */
export const loadOauth = () => import('oauth4webapi');

export interface Endpoints {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly proof: oauth.ClientAuth;
  /** The other way to send the secret, where the server does not say which it takes. */
  readonly otherProof?: oauth.ClientAuth;
}

/** Who asks for tokens, where, and how it proves itself. @throws ToolError when no address can be had. */
export async function endpoints<Context extends TokenContext>(
  config: TokenConfig<Context>,
  settings: TokenSettings,
  context: Context,
): Promise<Endpoints> {
  const { None, ClientSecretBasic, ClientSecretPost } = await loadOauth();
  const server = await authorizationServer(config, settings, context);
  const client = { client_id: settings.clientId };
  const { clientSecret: secret } = settings;
  if (secret === undefined) return { server, client, proof: None() };
  // Basic unless the server takes the secret only in the body (RFC 6749, 2.3.1 prefers Basic).
  const methods = server.token_endpoint_auth_methods_supported;
  const onlyPost = methods?.includes('client_secret_basic') === false && methods.includes('client_secret_post');
  if (onlyPost) return { server, client, proof: ClientSecretPost(secret) };
  return {
    server,
    client,
    proof: ClientSecretBasic(secret),
    ...(methods === undefined && { otherProof: ClientSecretPost(secret) }),
  };
}

async function authorizationServer<Context extends TokenContext>(
  config: TokenConfig<Context>,
  { issuer, discoveryUrl, tokenUrl, authorizationUrl, deviceUrl }: TokenSettings,
  context: Context,
): Promise<oauth.AuthorizationServer> {
  const base = issuer ?? discoveryUrl ?? tokenUrl ?? authorizationUrl;
  if (base === undefined)
    throw new ToolError('There is no address to ask for tokens at.', `Set ${config.words.addresses}.`);
  const told = tokenUrl !== undefined && (authorizationUrl !== undefined || (issuer ?? discoveryUrl) === undefined);
  const found = told ? undefined : await discovered(config, issuer, discoveryUrl, context);
  return {
    ...(found ?? { issuer: issuer?.href ?? base.origin }),
    ...(tokenUrl && { token_endpoint: tokenUrl.href }),
    ...(authorizationUrl && { authorization_endpoint: authorizationUrl.href }),
    ...(deviceUrl && { device_authorization_endpoint: deviceUrl.href }),
  };
}

const known = new Map<string, oauth.AuthorizationServer>();

/** What an issuer says of itself (OpenID Connect Discovery, else RFC 8414); asked once. */
async function discovered<Context extends TokenContext>(
  config: TokenConfig<Context>,
  issuer: URL | undefined,
  document: URL | undefined,
  context: Context,
): Promise<oauth.AuthorizationServer | undefined> {
  const base = document ?? issuer;
  if (base === undefined) return undefined;
  const before = known.get(base.href);
  if (before !== undefined) return before;
  try {
    const found =
      document === undefined ? await askIssuer(config, base, context) : await askDocument(config, base, context);
    known.set(base.href, found);
    return found;
  } catch (error) {
    if (error instanceof ToolError || context.signal.aborted) throw error;
    throw new ToolError('The issuer does not say where its endpoints are.', `Check ${config.words.addresses}.`);
  }
}

async function askIssuer<Context extends TokenContext>(config: TokenConfig<Context>, issuer: URL, context: Context) {
  const { discoveryRequest, processDiscoveryResponse } = await loadOauth();
  const options = await requestOptions(config, context, issuer);
  const first = await discoveryRequest(issuer, { algorithm: 'oidc', ...options });
  const answer = first.status === 404 ? await discoveryRequest(issuer, { algorithm: 'oauth2', ...options }) : first;
  return processDiscoveryResponse(issuer, answer);
}

/** A document at an address of its own names its issuer itself. */
async function askDocument<Context extends TokenContext>(
  config: TokenConfig<Context>,
  document: URL,
  context: Context,
) {
  const { processDiscoveryResponse } = await loadOauth();
  const response = await send(config, context, document.href, { headers: { accept: 'application/json' } });
  const { issuer } = (await response.clone().json()) as { issuer: string };
  return processDiscoveryResponse(new URL(issuer), response);
}

/** The server's own fetch with its grants and limits; plain http only inside one's own network. */
export async function requestOptions<Context extends TokenContext>(
  config: TokenConfig<Context>,
  context: Context,
  address: URL | string | undefined,
) {
  const { allowInsecureRequests, customFetch } = await loadOauth();
  const url = address === undefined ? undefined : new URL(address);
  return {
    [customFetch]: (target: string, init: unknown) => send(config, context, target, init as RequestInit),
    [allowInsecureRequests]: url?.protocol === 'http:' && isOwnNetwork(url.hostname),
    signal: context.signal,
  };
}

function send<Context extends TokenContext>(
  config: TokenConfig<Context>,
  context: Context,
  url: string,
  init: RequestInit,
): Promise<Response> {
  return config.fetch === undefined ? context.fetch(url, init) : config.fetch(context, url, init);
}
