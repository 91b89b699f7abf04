import { describe, expect, it } from 'vitest';
import { compiled, withOperation } from './testing.ts';

const schemes = {
  key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  other: { type: 'apiKey', in: 'query', name: 'key' },
  basic: { type: 'http', scheme: 'BASIC' },
  bearer: { type: 'http', scheme: 'bearer' },
  oauth: {
    type: 'oauth2',
    flows: {
      implicit: { authorizationUrl: 'https://id.example.com/a', scopes: {} },
      authorizationCode: {
        authorizationUrl: 'https://id.example.com/a',
        tokenUrl: 'https://id.example.com/t',
        scopes: { read: 'r' },
      },
    },
  },
  oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://id.example.com/.well-known/openid-configuration' },
  tls: { type: 'mutualTLS' },
  broken: { type: 'apiKey', in: 'body' },
};

const secured = (security: object[] | undefined, root?: object[]) =>
  compiled(
    withOperation({ ...(security && { security }) } as never, {
      more: { components: { securitySchemes: schemes }, ...(root && { security: root }) } as never,
    }),
  );

describe('security', () => {
  it('[OPENAPI-COMPILE-10] reads every scheme, with a variable of its own for every value', () => {
    const all = secured(Object.keys(schemes).map((name) => ({ [name]: [] })));
    const { security } = all.request.api!.api;
    expect(security).toMatchObject({
      key: { type: 'apiKey', in: 'header', name: 'X-Key', variable: 'THINGS_KEY_API_KEY' },
      other: { variable: 'THINGS_OTHER_API_KEY' },
      basic: { type: 'basic', username: 'THINGS_USERNAME', password: 'THINGS_PASSWORD' },
      bearer: { type: 'http', scheme: 'Bearer', variable: 'THINGS_TOKEN' },
      oauth: { type: 'oauth2', flow: 'authorizationCode', tokenUrl: 'https://id.example.com/t', scopes: ['read'] },
      oidc: { type: 'openIdConnect', token: 'THINGS_OIDC_ACCESS_TOKEN' },
      tls: { type: 'mutualTLS', certificate: 'THINGS_CLIENT_CERT' },
    });
    expect(security).not.toHaveProperty('broken');
    const secrets = all.request.environment.filter(({ secret }) => secret).map(({ name }) => name);
    expect(new Set(secrets).size).toBe(secrets.length);
    expect(secrets).toContain('THINGS_OAUTH_CLIENT_SECRET');
    expect(all.request.grants.hosts).toContainEqual({ host: 'id.example.com', port: 443, private: false });
  });

  it('[OPENAPI-COMPILE-10] holds for each operation: its own over the document’s, and, or, anonymous (4.8.30)', () => {
    const of = (security: object[] | undefined, root?: object[]) => secured(security, root).wire('one').security;
    expect(of(undefined, [{ key: [] }])).toEqual([{ key: [] }]);
    expect(of([], [{ key: [] }])).toEqual([]);
    expect(of([{ key: [], basic: [] }, { oauth: ['read'] }, {}])).toEqual([
      { key: [], basic: [] },
      { oauth: ['read'] },
      {},
    ]);
  });

  it('[OPENAPI-COMPILE-10] makes alternatives of schemes that want the one header Authorization together', () => {
    const { wire, remarks } = secured([{ key: [], basic: [], bearer: [] }]);
    expect(wire('one').security).toEqual([
      { key: [], basic: [] },
      { key: [], bearer: [] },
    ]);
    expect(remarks).toContainEqual(expect.objectContaining({ what: expect.stringContaining('basic and bearer') }));
  });

  it('[OPENAPI-COMPILE-10] ignores schemes that are not defined, and says so', () => {
    const { wire, remarks } = secured([{ lost: [] }, { key: [] }]);
    expect(wire('one').security).toEqual([{ key: [] }]);
    expect(remarks).toContainEqual(
      expect.objectContaining({ what: expect.stringContaining('lost'), action: 'left_out' }),
    );
  });

  it('[OPENAPI-COMPILE-10] names no variable of a scheme that no operation uses', () => {
    expect(secured([]).request.environment.map(({ name }) => name)).toEqual(['API_BASE_URL']);
  });

  it('[OPENAPI-COMPILE-10] takes a key from the environment where it is declared as a parameter too', () => {
    const operation = {
      security: [{ other: [] }],
      parameters: [{ name: 'key', in: 'query', required: true, schema: { type: 'string' } }],
    };
    const { wire } = compiled(
      withOperation(operation, { more: { components: { securitySchemes: schemes as never } } }),
    );
    expect(wire('one').parameters).toEqual([]);
  });

  it('[OPENAPI-COMPILE-10] has a name and a password for Digest (RFC 7616) and for the flow password (RFC 6749, 4.3)', () => {
    const flows = { password: { tokenUrl: 'https://id.example.com/t', scopes: {} } };
    const more = {
      components: { securitySchemes: { d: { type: 'http', scheme: 'Digest' }, p: { type: 'oauth2', flows } } },
      security: [{ d: [] }, { p: [] }],
    };
    const { request } = compiled(withOperation({}, { more: more as never }));
    expect(request.api!.api.security).toMatchObject({
      d: { type: 'digest', username: 'THINGS_D_USERNAME', password: 'THINGS_D_PASSWORD' },
      p: { type: 'oauth2', flow: 'password', username: 'THINGS_P_USERNAME', password: 'THINGS_P_PASSWORD' },
    });
    const secrets = request.environment.filter(({ secret }) => secret).map(({ name }) => name);
    expect(secrets).toEqual(expect.arrayContaining(['THINGS_D_PASSWORD', 'THINGS_P_PASSWORD', 'THINGS_ACCESS_TOKEN']));
  });
});
