import { afterEach, expect, it, vi } from 'vitest';
import { operation } from './api-testing.ts';
import { unsetCredentials } from './api-unset.ts';

const security = {
  key: { type: 'apiKey', in: 'header', name: 'X-Key', variable: 'KEY' },
  user: { type: 'basic', username: 'USER_NAME', password: 'PASSWORD' },
  login: {
    type: 'oauth2',
    flow: 'authorizationCode',
    token: 'TOKEN',
    clientId: 'ID',
    clientSecret: 'SECRET',
    refreshToken: 'REFRESH',
  },
} as const;

type Security = readonly Readonly<Record<string, readonly string[]>>[];

const unset = (...alternatives: Security[]): string[] =>
  unsetCredentials({
    title: 'T',
    version: '1',
    servers: [],
    security,
    tools: alternatives.map((each) => operation({ path: '/x', security: each })),
  });

afterEach(() => vi.unstubAllEnvs());

it('[OPENAPI-CALL-7] names at start what no environment sets, each choice once', () => {
  expect(unset([{ key: [], user: [] }], [{ key: [], user: [] }], [{ login: [] }, { user: [] }])).toEqual([
    'KEY and USER_NAME',
    'ID or TOKEN, or USER_NAME',
  ]);
});

it('[OPENAPI-CALL-7] misses nothing where one alternative is complete, or none is needed', () => {
  expect(unset([], [{ key: [] }, {}])).toEqual([]);
  vi.stubEnv('ID', 'me');
  expect(unset([{ key: [] }, { login: [] }])).toEqual([]);
});
