import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientId, clientSecret, startOauthServer, type OauthServer } from '../../../../test/support/oauth-server.ts';
import type { SecurityScheme } from './api-file.ts';
import { errorOf, openApi, operation, standIn, type StandIn } from './api-testing.ts';
import { openFolders } from './folders.ts';

let oauth: OauthServer;
let api: StandIn;
let workspace: string;

beforeEach(async () => {
  oauth = await startOauthServer();
  api = await standIn(({ headers }) => {
    const valid = oauth.isValid((headers.authorization ?? '').replace('Bearer ', ''));
    return Response.json({}, { status: valid ? 200 : 401 });
  });
  workspace = await mkdtemp(join(tmpdir(), 'api-oauth-'));
  vi.stubEnv('MCP_WORKSPACE', workspace);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  api.close();
  await oauth.close();
  await rm(workspace, { recursive: true });
});

const variables = {
  token: 'TOKEN',
  clientId: 'CLIENT_ID',
  clientSecret: 'CLIENT_SECRET',
  refreshToken: 'REFRESH_TOKEN',
};
const client = { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret };
const browser = { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, OAUTH_REDIRECT_URI: 'http://127.0.0.1:9/back' };

/** A server as just started: nobody is signed in. */
function started(
  flow: 'clientCredentials' | 'authorizationCode' | 'openIdConnect' | 'password' | 'deviceAuthorization' | 'implicit',
  environment: Record<string, string>,
) {
  const scheme: SecurityScheme =
    flow === 'openIdConnect'
      ? { type: flow, ...variables, discoveryUrl: `${oauth.url}/.well-known/openid-configuration` }
      : {
          type: 'oauth2',
          ...variables,
          flow,
          ...(flow === 'password' && { username: 'USER_NAME', password: 'PASSWORD' }),
          tokenUrl: `${oauth.url}/token`,
          authorizationUrl: `${oauth.url}/${flow === 'deviceAuthorization' ? 'device' : 'authorize'}`,
          scopes: ['pets'],
        };
  const { inputSchema, title, description, annotations } = operation({ path: '/' });
  const authorize = { inputSchema, title, description, annotations, implementation: { kind: 'authorize' } } as const;
  const tools = [operation({ path: '/x', security: [{ oauth: ['pets'] }] }), { ...authorize, name: 'authorize' }];
  const folders = openFolders({ maxInputBytes: 10_000 });
  return openApi(api, { tools, security: { oauth: scheme } }, { environment, hosts: [oauth.host], folders });
}

async function signIn(call: ReturnType<typeof started>): Promise<{ code: string; state: string }> {
  const begun = await call('authorize');
  const url = begun.structuredContent!['authorization_url'] as string;
  expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256');
  const back = oauth.signIn(url).searchParams;
  return { code: back.get('code')!, state: back.get('state')! };
}

describe('tokens', () => {
  it('[OPENAPI-CALL-8] are asked for once by client credentials, for all calls at a time', async () => {
    const call = started('clientCredentials', client);
    const results = await Promise.all([call('get_x'), call('get_x'), call('get_x')]);
    expect(results.every((result) => !result.isError)).toBe(true);
    expect(oauth.granted).toEqual(['client_credentials']);
  });

  it('[OPENAPI-CALL-8] are had anew once when the API refuses them', async () => {
    const call = started('clientCredentials', client);
    await call('get_x');
    oauth.expireAll();
    expect((await call('get_x')).isError).toBeUndefined();
    expect(oauth.granted).toHaveLength(2);
    expect(api.seen).toHaveLength(3);
  });

  it('[OPENAPI-CALL-8] want a client with its secret where no user signs in', async () => {
    expect(errorOf(await started('clientCredentials', {})('get_x'))).toContain(
      'Needed: CLIENT_ID and CLIENT_SECRET or TOKEN.',
    );
    expect(errorOf(await started('authorizationCode', {})('get_x'))).toContain('Needed: CLIENT_ID or TOKEN.');
  });

  it('[OPENAPI-CALL-8] that are set are used as they are', async () => {
    const result = await started('clientCredentials', { ...client, TOKEN: 'mine' })('get_x');
    expect(errorOf(result)).toContain('answered with 401');
    expect(api.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer mine']);
    expect(oauth.granted).toEqual([]);
  });

  it('[OPENAPI-CALL-8] come from a user who signs in by code and PKCE, once a state', async () => {
    const call = started('authorizationCode', browser);
    expect(errorOf(await call('get_x'))).toContain('call `authorize`');
    const back = await signIn(call);
    expect((await call('authorize', back)).structuredContent).toMatchObject({ status: 'signed_in' });
    expect((await call('get_x')).isError).toBeUndefined();
    expect(errorOf(await call('authorize', back))).toContain('belongs to no sign-in');
  });

  it('[OPENAPI-CALL-8] are not asked for with a code that another provider gave (RFC 9207)', async () => {
    const call = started('authorizationCode', browser);
    const back = { ...(await signIn(call)), issuer: 'https://other.example' };
    expect(errorOf(await call('authorize', back))).toContain('its issuer does not fit');
    expect(oauth.granted).toEqual([]);
  });

  it('[OPENAPI-CALL-8] outlive a restart sealed, with a key only', async () => {
    const environment = { ...browser, OAUTH_STORE_KEY: 'a long passphrase' };
    const first = started('authorizationCode', environment);
    await first('authorize', await signIn(first));
    const kept = await readFile(join(workspace, 'oauth/oauth.sealed'), 'utf8');
    expect(Buffer.from(kept, 'base64').toString('latin1')).not.toContain('refresh');
    const again = started('authorizationCode', environment);
    expect((await again('get_x')).isError).toBeUndefined();
    expect(oauth.granted).toEqual(['authorization_code', 'refresh_token']);
    const otherKey = started('authorizationCode', { ...environment, OAUTH_STORE_KEY: 'another' });
    expect(errorOf(await otherKey('get_x'))).toContain('call `authorize`');
  });

  it('[OPENAPI-CALL-8] come of a sign-in that a process before began, with a key only', async () => {
    const environment = { ...browser, OAUTH_STORE_KEY: 'a long passphrase' };
    const back = await signIn(started('authorizationCode', environment));
    const kept = await readFile(join(workspace, 'oauth/begun/oauth.sealed'), 'utf8');
    expect(Buffer.from(kept, 'base64').toString('latin1')).not.toContain('verifier');
    expect((await started('authorizationCode', environment)('authorize', back)).structuredContent).toMatchObject({
      status: 'signed_in',
      kept_on_disk: true,
    });
    expect((await started('authorizationCode', environment)('get_x')).isError).toBeUndefined();
    expect(errorOf(await started('authorizationCode', environment)('authorize', back))).toContain(
      'belongs to no sign-in',
    );
    const alone = started('authorizationCode', browser);
    expect((await alone('authorize')).structuredContent!['how']).toContain('without OAUTH_STORE_KEY');
    const lost = await signIn(alone);
    expect(errorOf(await started('authorizationCode', browser)('authorize', lost))).toContain('belongs to no sign-in');
  });

  it('[OPENAPI-CALL-20] come of a code for another device that a process before asked for', async () => {
    const environment = { ...client, OAUTH_STORE_KEY: 'a long passphrase' };
    await started('deviceAuthorization', environment)('authorize');
    oauth.device = 'access_denied';
    const refused = started('deviceAuthorization', environment);
    expect(errorOf(await refused('authorize'))).toContain('access_denied');
    expect((await refused('authorize')).structuredContent).toMatchObject({ status: 'waiting_for_user' });
    oauth.device = 'done';
    const [again, anew] = [1, 2].map(() => started('deviceAuthorization', environment));
    expect((await again!('authorize')).structuredContent).toMatchObject({ status: 'signed_in' });
    expect((await anew!('authorize')).structuredContent).toMatchObject({ status: 'waiting_for_user' });
  });

  it('[OPENAPI-CALL-8] are found through OpenID Connect discovery', async () => {
    const call = started('openIdConnect', client);
    expect((await call('get_x')).isError).toBeUndefined();
    const user = started('openIdConnect', browser);
    expect((await user('authorize', await signIn(user))).structuredContent).toMatchObject({ status: 'signed_in' });
  });

  it('[OPENAPI-CALL-20] come from a user name and password (RFC 6749, 4.3)', async () => {
    const user = { USER_NAME: 'ann', PASSWORD: 'p w' };
    const call = started('password', { ...client, ...user });
    expect((await call('get_x')).isError).toBeUndefined();
    oauth.expireAll();
    expect((await call('get_x')).isError).toBeUndefined();
    expect(oauth.granted).toEqual(['password', 'password']);
    expect(errorOf(await started('password', client)('get_x'))).toContain('USER_NAME and PASSWORD');
    const wrong = errorOf(await started('password', { ...client, ...user, PASSWORD: 'not this' })('get_x'));
    expect(wrong).not.toContain('not this');
  });

  it('[OPENAPI-CALL-20] come from a user who enters a code on another device (RFC 8628)', async () => {
    const call = started('deviceAuthorization', client);
    expect(errorOf(await call('get_x'))).toContain('call `authorize`');
    const prompt = { status: 'waiting_for_user', user_code: 'WDJB-MJHT', verification_uri: `${oauth.url}/enter` };
    const [begun, waiting] = [await call('authorize'), await call('authorize')];
    expect([begun.structuredContent, waiting.structuredContent]).toEqual([
      expect.objectContaining(prompt),
      expect.objectContaining(prompt),
    ]);
    expect(JSON.stringify([begun, waiting])).not.toContain('the-device-code');
    oauth.device = 'done';
    expect((await call('authorize')).structuredContent).toMatchObject({ status: 'signed_in' });
    expect((await call('get_x')).isError).toBeUndefined();
    oauth.expireAll();
    expect((await call('get_x')).isError).toBeUndefined();
    expect(oauth.granted).toEqual(['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token']);
  });

  it('[OPENAPI-CALL-20] of a user who refuses on the other device are asked for anew', async () => {
    const call = started('deviceAuthorization', client);
    await call('authorize');
    oauth.device = 'access_denied';
    expect(errorOf(await call('authorize'))).toContain('access_denied');
    expect((await call('authorize')).structuredContent).toMatchObject({ status: 'waiting_for_user' });
  });

  it('[OPENAPI-CALL-20] of the implicit flow have to be set', async () => {
    expect(errorOf(await started('implicit', client)('get_x'))).toContain('Needed: TOKEN (signed in for elsewhere');
  });

  it('[OPENAPI-CALL-8] never stand in an error', async () => {
    const wrong = started('clientCredentials', { ...client, CLIENT_SECRET: 'not the secret' });
    const said = errorOf(await wrong('get_x'));
    expect(said).toContain('Check CLIENT_ID and CLIENT_SECRET');
    expect(said).not.toContain('not the secret');
  });
});
