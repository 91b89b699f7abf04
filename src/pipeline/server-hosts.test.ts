import { describe, expect, it } from 'vitest';
import type { Blueprint } from '../spec/index.ts';
import { hostsOfValues } from './server-hosts.ts';

const hosts = (url: string, value: string): string[] => {
  const servers = [{ url, variable: 'API_BASE_URL', variables: { shop: { variable: 'API_SHOP', default: 'demo' } } }];
  const blueprint = { api: { servers }, environment: [] } as unknown as Blueprint;
  return hostsOfValues(blueprint, { API_SHOP: value }).map(({ host, port }) => `${host}:${port}`);
};

describe('a value for a part of the host', () => {
  it('[OPENAPI-COMPILE-11] grants that one host', () => {
    expect(hosts('https://{shop}.example.com/v1', 'mine')).toEqual(['mine.example.com:443']);
    expect(hosts('http://api.{shop}:8080', 'mine.example.org')).toEqual(['api.mine.example.org:8080']);
  });

  it('[OPENAPI-COMPILE-11] grants nothing where it is no name, or no part of the host', () => {
    for (const value of ['evil.example/', '127.0.0.1', 'a@evil.example', '*', '', 'evil.example#'])
      expect(hosts('https://{shop}', value)).toEqual([]);
    expect(hosts('https://api.example.com/{shop}', 'mine')).toEqual([]);
    expect(hosts('https://{shop}', '0x7f000001')).toEqual([]);
    expect(hosts('https://{shop}', 'localhost')).toEqual([]);
  });
});
