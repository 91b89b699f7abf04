import { defineRecipe } from '../../../spec/index.ts';

export const oauth = defineRecipe({
  name: 'oauth',
  title: 'OAuth 2.0',
  summary: 'Signs in with OAuth 2.0: client credentials, authorization code with PKCE, refresh.',
  taskTypes: ['api_integration'],
  capability: 'oauth',
  modules: { typescript: ['oauth.ts', 'oauth-session.ts', 'oauth-endpoints.ts', 'oauth-store.ts'] },
  dependencies: ['oauth4webapi'],
  environment: [
    { name: 'OAUTH_CLIENT_ID', description: 'Client id that the provider gave.', required: true, secret: false },
    { name: 'OAUTH_CLIENT_SECRET', description: 'Client secret; leave unset for a public client with PKCE.', required: false, secret: true },
    { name: 'OAUTH_ISSUER', description: 'Issuer address; endpoints are discovered there. Or set the two addresses below.', required: false, secret: false },
    { name: 'OAUTH_TOKEN_URL', description: 'Token endpoint, when there is no issuer to discover it from.', required: false, secret: false },
    { name: 'OAUTH_AUTHORIZATION_URL', description: 'Page where users sign in; only for signing in as a user.', required: false, secret: false },
    { name: 'OAUTH_REDIRECT_URI', description: 'Address the provider sends users back to; only for signing in as a user.', required: false, secret: false },
    { name: 'OAUTH_SCOPE', description: 'Scopes to ask for, separated by spaces.', required: false, secret: false },
    { name: 'OAUTH_STORE_KEY', description: 'Passphrase that seals the refresh token in the workspace; without it a restart means signing in again.', required: false, secret: true },
  ],
  tools: [
    {
      name: 'oauth_authenticator',
      title: 'OAuth authenticator',
      description:
        'Signs this server in to an API with OAuth 2.0: client credentials (connect), or as a user by authorization code with PKCE (authorize, then complete), and renews an expired access token (refresh). ' +
        'Returns the sign-in status, scopes and expiry; authorize returns the address that the user must open. ' +
        'Tokens stay inside the server and are used by its other tools; does not return, log or accept them, and does not revoke them at the provider.',
      vocabulary: {
        phrases: [
          'oauth', 'oauth 2.0', 'oauth2', 'oauth authentication', 'authenticate using oauth', 'authenticate with oauth', 'client credentials',
          'authorization code', 'pkce', 'refresh token', 'access token', 'bearer token', 'sign in to the api', 'log in to the api',
          'openid connect', 'token refresh', 'single sign-on token', 'obtain a token', 'get a token', 'renew the token', 'expired token',
          'authorize the app', 'delegated access', 'consent screen', 'sign in with google', 'sign in with microsoft', 'api login', 'api authentication',
        ],
        verbs: ['authenticate', 'authorize', 'authorise', 'sign in', 'log in', 'login', 'connect account', 'refresh', 'renew', 'obtain'],
        objects: ['oauth', 'token', 'access token', 'credentials', 'api access', 'client id', 'client secret', 'scope', 'consent', 'openid', 'identity provider'],
        not: ['tokenize', 'count tokens', 'token count', 'basic auth only', 'api key only'],
      },
      input: {
        type: 'object',
        properties: {
          action: {
            type: 'string',
            enum: ['connect', 'authorize', 'complete', 'refresh', 'status'],
            description: 'connect: client credentials. authorize: get the address for the user to open. complete: end it with code and state. refresh: renew now. status: only look.',
          },
          code: { type: 'string', minLength: 1, maxLength: 4096, description: 'For complete: the `code` in the address the user was sent back to.' },
          state: { type: 'string', minLength: 1, maxLength: 1024, description: 'For complete: the `state` in that address.' },
          issuer: { type: 'string', minLength: 1, maxLength: 1024, description: 'For complete: the `iss` in that address, when there is one.' },
        },
        required: ['action'],
        additionalProperties: false,
      },
      output: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['signed_in', 'expired', 'waiting_for_user', 'signed_out'], description: 'Where the sign-in stands.' },
          grant: { type: 'string', description: 'How it signed in: client_credentials or authorization_code.' },
          scopes: { type: 'array', items: { type: 'string' }, description: 'Scopes of the access token.' },
          expires_at: { type: 'string', description: 'When the access token expires, ISO 8601; absent when the provider did not say.' },
          expires_in_seconds: { type: 'integer', minimum: 0, description: 'Seconds until then.' },
          can_refresh: { type: 'boolean', description: 'Whether it is renewed without a user.' },
          kept_on_disk: { type: 'boolean', description: 'Whether a restart keeps the sign-in (needs OAUTH_STORE_KEY).' },
          authorization_url: { type: 'string', description: 'For authorize: the address the user opens in a browser.' },
        },
        required: ['status', 'scopes', 'can_refresh', 'kept_on_disk'],
        additionalProperties: false,
      },
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
      examples: [
        { arguments: { action: 'status' }, expect: { contains: 'signed_out' } },
        { arguments: { action: 'complete', code: 'abc' }, expect: { isError: true } },
      ],
      handler: { module: 'oauth.ts', export: 'oauthAuthenticator' },
      uses: ['folders', 'fetch', 'secret'],
    },
  ],
});
