import { describe, expect, it } from 'vitest';
import type { HostGrant, SourceOptions } from '../../../spec/index.ts';
import { hostGrantOf } from '../../grants.ts';
import { compiled, withOperation } from './testing.ts';

const served = (servers: object[] | undefined, api = {}, hosts: SourceOptions['hosts'] & object = []) =>
  compiled(withOperation({}, { more: { servers: servers as never } }), api, { hosts }).request;

describe('servers', () => {
  it('[OPENAPI-COMPILE-11] are the first of the document; API_BASE_URL replaces it, and names the others', () => {
    const { api, environment, grants } = served([
      { url: 'https://api.example.com/v1/' },
      { url: 'https://sandbox.example.com' },
    ]);
    expect(api?.api.servers).toEqual([{ url: 'https://api.example.com/v1', variable: 'API_BASE_URL', variables: {} }]);
    expect(environment).toMatchObject([
      { name: 'API_BASE_URL', required: false, description: expect.stringContaining('sandbox') },
    ]);
    expect(grants.hosts).toEqual([{ host: 'api.example.com', port: 443, private: false }]);
  });

  it('[OPENAPI-COMPILE-11] stand to where the document came from when they are relative (4.8.5), or have to be set', () => {
    const urls = (servers: object[] | undefined, location?: string) =>
      served(servers, { location }).api?.api.servers[0]?.url;
    expect(urls([{ url: '/v2' }], 'https://docs.example.com/a/openapi.json')).toBe('https://docs.example.com/v2');
    expect(urls(undefined, 'https://docs.example.com/a/openapi.json')).toBe('https://docs.example.com');
    expect(urls([{ url: '/v2' }], '/home/me/openapi.json')).toBe('');
    expect(served(undefined).environment).toMatchObject([{ name: 'API_BASE_URL', required: true }]);
  });

  it('[OPENAPI-COMPILE-11] in private networks are told, unless they were allowed', () => {
    const told = (hosts: SourceOptions['hosts'] & object): string =>
      compiled(
        withOperation({}, { more: { servers: [{ url: 'http://10.0.0.1:8080' }] } }),
        {},
        { hosts },
      ).request.notes.join();
    expect(told([])).toContain('--allow-host 10.0.0.1:8080');
    expect(told([{ host: '10.0.0.1', port: 8080, private: true }])).not.toContain('10.0.0.1');
  });

  it('[OPENAPI-COMPILE-11] have variables of the environment, and hosts for each value (4.8.6)', () => {
    const variables = { region: { default: 'eu', enum: ['eu', 'us'] }, base: { default: 'v1' } };
    const { api, grants, environment } = served([{ url: 'https://{region}.example.com/{base}', variables }]);
    expect(api?.api.servers[0]?.variables).toEqual({
      region: { variable: 'API_REGION', default: 'eu', enum: ['eu', 'us'] },
      base: { variable: 'API_BASE', default: 'v1' },
    });
    expect(grants.hosts.map(({ host }) => host)).toEqual(['eu.example.com', 'us.example.com']);
    expect(environment.map(({ name }) => name)).toEqual(['API_REGION', 'API_BASE', 'API_BASE_URL']);
    const open = served([{ url: 'https://{tenant}.co.uk', variables: { tenant: { default: 'demo' } } }]);
    expect(open.grants.hosts.map(({ host }) => host)).toEqual(['demo.co.uk']);
  });

  it('[OPENAPI-COMPILE-11] of a path or an operation stand before the document’s', () => {
    const { wire, request } = compiled(withOperation({ servers: [{ url: 'https://files.example.com' }] }));
    expect(request.api?.api.servers[wire('one').server]).toMatchObject({
      url: 'https://files.example.com',
      variable: 'FILES_EXAMPLE_BASE_URL',
    });
  });

  it('[OPENAPI-COMPILE-11] that only an operation names are handed no credentials unless the user grants them', () => {
    const securitySchemes = { key: { type: 'apiKey', in: 'header', name: 'X-Key' } };
    const ways = (url: string, more: object = {}, operation: object = {}) => {
      const given = { ...operation, servers: [{ url }] };
      const { request } = compiled(withOperation(given as never, { more: more as never }));
      return [request.grants.hosts.map(({ host }) => host).filter((host) => url.includes(host)), request.notes.join()];
    };
    const secured = { components: { securitySchemes }, security: [{ key: [] }] };
    const decoy = 'https://decoy.example.net/v1';
    const refused = [[], expect.stringContaining('--allow-host decoy.example.net')];
    expect(ways(decoy, secured)).toEqual(refused);
    expect(ways(decoy, { components: { securitySchemes } }, { security: [{ key: [] }] })).toEqual(refused);
    const granted = (host: string) => [[host], expect.not.stringContaining('--allow-host')];
    expect(ways(decoy, secured, { security: [] })).toEqual(granted('decoy.example.net'));
    expect(ways('https://files.api.example.com', secured)).toEqual([
      ['api.example.com', 'files.api.example.com'],
      expect.not.stringContaining('--allow-host'),
    ]);
    const servers = [{ url: 'https://api.example.com' }, { url: decoy }];
    expect(ways(decoy, { ...secured, servers })).toEqual(granted('decoy.example.net'));
  });

  it('[OPENAPI-COMPILE-11] in the user’s own network are granted only when the user typed them', () => {
    for (const url of [
      'http://127.0.0.1:9000',
      'http://[::1]',
      'http://[::ffff:10.0.0.1]:8080',
      'http://router.local',
      'http://intern',
    ])
      expect(served([{ url }])).toMatchObject({
        grants: { hosts: [] },
        notes: [expect.stringContaining('--allow-host')],
      });
    for (const url of ['http://169.254.169.254/latest', 'http://[fd00:ec2::254]', 'http://[fe80::1]']) {
      const { grants, notes } = served([{ url }]);
      expect(grants.hosts).toEqual([]);
      expect(notes).toEqual([expect.stringMatching(/no server reaches: .*--base-url/)]);
    }
    const named = hostGrantOf('[::1]', '') as HostGrant;
    expect(served([{ url: 'https://[::1]' }]).notes).toEqual([expect.stringContaining('--allow-host [::1],')]);
    expect(served([{ url: 'https://[::1]' }], {}, [named])).toMatchObject({ grants: { hosts: [named] }, notes: [] });
    const { grants, api } = served([{ url: 'https://api.example.com' }], { baseUrl: 'http://127.0.0.1:9000/v1' });
    expect(grants.hosts).toEqual([{ host: '127.0.0.1', port: 9000, private: true }]);
    expect(api?.api.servers).toMatchObject([{ url: 'http://127.0.0.1:9000/v1' }]);
  });
});

it('[OPENAPI-COMPILE-1] a path without its first slash gets one, and is told', () => {
  const { wire, remarks } = compiled({
    openapi: '3.1.1',
    paths: { 'stations/{id}': { get: { operationId: 'find' } } },
  });
  expect(wire('find').path).toBe('/stations/{id}');
  expect(remarks).toContainEqual(expect.objectContaining({ where: '#/paths/stations~1{id}', action: 'mended' }));
});
