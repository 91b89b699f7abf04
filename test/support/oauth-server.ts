import { createHash, randomBytes } from 'node:crypto';
import { listen, sendJson, type Loopback } from './loopback.ts';

export interface OauthServer extends Loopback {
  /** Error code that every token request gets while it is set. */
  refuse: string | undefined;
  /** Seconds that access tokens made from now on live. */
  lifetime: number;
  /** Grants asked for so far, in order. */
  readonly granted: string[];
  isValid(accessToken: string): boolean;
  /** Makes every access token invalid, as an expiry that the client did not foresee. */
  expireAll(): void;
  /** Whether the user of another device has entered the code: `slow_down`, `access_denied`… until then. */
  device: string;
  /** What a browser would do with an authorization address: sign in and be sent back. */
  signIn(authorizationUrl: string): URL;
}

export const clientId = 'crafter-test';
export const clientSecret = 'a very/secret+value:1';

interface Code {
  readonly challenge: string;
  readonly redirect: string;
  readonly scope: string;
}

/** An OAuth 2.0 server: client credentials, authorization code with PKCE, refresh with rotation. */
export async function startOauthServer(): Promise<OauthServer> {
  const tokens = new Map<string, number>();
  const refreshes = new Map<string, string>();
  const codes = new Map<string, Code>();
  const granted: string[] = [];
  const fresh = (): string => randomBytes(16).toString('hex');

  const issue = (scope: string, withRefresh: boolean): object => {
    const accessToken = fresh();
    tokens.set(accessToken, Date.now() + server.lifetime * 1000);
    const answer = { access_token: accessToken, token_type: 'Bearer', expires_in: server.lifetime, scope };
    if (!withRefresh) return answer;
    const refreshToken = fresh();
    refreshes.set(refreshToken, scope);
    return { ...answer, refresh_token: refreshToken };
  };

  const grant = (form: URLSearchParams): object | undefined => {
    const kind = form.get('grant_type') ?? '';
    granted.push(kind);
    if (kind === 'client_credentials') return issue(form.get('scope') ?? '', false);
    if (kind === 'password')
      return form.get('username') === 'ann' && form.get('password') === 'p w' ? issue('', true) : undefined;
    if (kind === 'urn:ietf:params:oauth:grant-type:device_code') return issue('', true);
    if (kind === 'refresh_token') return useOnce(refreshes, form.get('refresh_token'), (scope) => issue(scope, true));
    return useOnce(codes, form.get('code'), (code) => {
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      return challenge === code.challenge && form.get('redirect_uri') === code.redirect
        ? issue(code.scope, true)
        : undefined;
    });
  };

  const loopback = await listen((request, response, body) => {
    const url = new URL(request.url ?? '/', loopback.url);
    if (url.pathname === '/.well-known/openid-configuration') {
      const { url: issuer } = loopback;
      return sendJson(response, 200, {
        issuer,
        token_endpoint: `${issuer}/token`,
        authorization_endpoint: `${issuer}/authorize`,
      });
    }
    if (url.pathname === '/device')
      return sendJson(response, 200, {
        device_code: 'the-device-code',
        user_code: 'WDJB-MJHT',
        verification_uri: `${loopback.url}/enter`,
        expires_in: 600,
        interval: 0.01,
      });
    if (url.pathname !== '/token') return sendJson(response, 404, { error: 'not_found' });
    if (server.refuse !== undefined)
      return sendJson(response, 400, { error: server.refuse, error_description: 'refused for the test' });
    if (!isClient(request.headers.authorization)) return sendJson(response, 401, { error: 'invalid_client' });
    if (body.includes('device_code=the-device-code') && server.device !== 'done')
      return sendJson(response, 400, { error: server.device });
    const answer = grant(new URLSearchParams(body));
    return answer === undefined ? sendJson(response, 400, { error: 'invalid_grant' }) : sendJson(response, 200, answer);
  });

  const server: OauthServer = {
    ...loopback,
    refuse: undefined,
    device: 'authorization_pending',
    lifetime: 3600,
    granted,
    isValid: (accessToken) => (tokens.get(accessToken) ?? 0) > Date.now(),
    expireAll: () => tokens.clear(),
    signIn(authorizationUrl) {
      const asked = new URL(authorizationUrl).searchParams;
      const code = fresh();
      const redirect = asked.get('redirect_uri') ?? '';
      codes.set(code, { challenge: asked.get('code_challenge') ?? '', redirect, scope: asked.get('scope') ?? '' });
      const back = new URL(redirect);
      back.searchParams.set('code', code);
      back.searchParams.set('state', asked.get('state') ?? '');
      return back;
    },
  };
  return server;
}

function useOnce<T>(
  held: Map<string, T>,
  key: string | null,
  use: (value: T) => object | undefined,
): object | undefined {
  const value = held.get(key ?? '');
  held.delete(key ?? '');
  return value === undefined ? undefined : use(value);
}

/** RFC 6749, 2.3.1: both parts are form-encoded before they are joined. */
function isClient(authorization: string | undefined): boolean {
  const [id = '', secret = ''] = Buffer.from((authorization ?? '').replace(/^Basic /, ''), 'base64')
    .toString()
    .split(':');
  const plain = (text: string): string => decodeURIComponent(text.replaceAll('+', '%20'));
  return plain(id) === clientId && plain(secret) === clientSecret;
}
