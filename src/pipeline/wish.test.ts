import { describe, expect, it } from 'vitest';
import { blueprint, type Blueprint } from '../spec/index.ts';
import { carryOver, variablesAsForm } from './next-blueprint.ts';
import { unreachableAddresses } from './remarks.ts';
import type { Prepared } from './wish-types.ts';
import { grantPlan, grantWish } from './wish.ts';

const plain = blueprint.parse({
  format: 1,
  name: 'store',
  version: '1.0.0',
  title: 'Store',
  description: 'Keeps things.',
  language: 'typescript',
  tools: [],
  environment: [{ name: 'DATABASE_URL' }, { name: 'REGION', value: 'eu' }],
  provenance: { source: 'form', digest: '0'.repeat(64) },
});

describe('values that are set beside a request', () => {
  it('[ENGINE-11] are secrets by what they hold as well as by their name', () => {
    const environment = { DATABASE_URL: 'postgres://u:decoy-pass@db.example/x', REGION: 'us' };
    const granted = grantWish(plain, { folders: [], hosts: [], environment });
    expect(JSON.stringify(granted.blueprint)).not.toContain('decoy');
    expect(granted.secrets).toEqual({ DATABASE_URL: environment.DATABASE_URL });
    expect(granted.blueprint.environment).toEqual([
      expect.objectContaining({ name: 'DATABASE_URL', secret: true }),
      expect.objectContaining({ name: 'REGION', secret: false, value: 'us' }),
    ]);
    expect(carryOver(granted.blueprint, plain).environment[0]).toMatchObject({ secret: true });
  });

  it('[OPENAPI-CALL-21] name a private authority by a file that the server is granted, which updates keep', () => {
    const wish = { folders: [{ path: '/ca', access: 'read' as const }], hosts: [], environment: {} };
    const set = (path: string) => grantWish(plain, { ...wish, environment: { NODE_EXTRA_CA_CERTS: path } }).blueprint;
    const named = set('/ca/own.pem');
    expect(named.environment).toContainEqual(
      expect.objectContaining({ name: 'NODE_EXTRA_CA_CERTS', value: '/ca/own.pem', secret: false }),
    );
    expect(carryOver(named, plain).environment).toContainEqual(expect.objectContaining({ value: '/ca/own.pem' }));
    expect(variablesAsForm(named.environment)).not.toHaveProperty('NODE_EXTRA_CA_CERTS');
    for (const path of ['/etc/own.pem', '/ca/../etc/own.pem', 'own.pem'])
      expect(() => set(path)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('[OPENAPI-COMPILE-11] are told where they lead an API to a host that is not granted', () => {
    const server = { url: 'https://api.example.com', variable: 'API_BASE_URL', variables: {} };
    const told = (value: string) =>
      unreachableAddresses({
        ...plain,
        api: { servers: [server] } as unknown as Blueprint['api'],
        grants: { folders: [], hosts: [{ host: '::1', port: 80, private: true }] },
        environment: [{ name: 'API_BASE_URL', description: '', required: false, secret: false, value }],
      });
    expect(told('http://127.0.0.1:8080/v1')).toEqual([expect.stringMatching(/--allow-host 127\.0\.0\.1:8080$/)]);
    expect(told('http://[::1]/v1')).toEqual([]);
    expect(told('')).toEqual([]);
  });

  it('are part of each server of a plan', () => {
    const wish = { folders: [], hosts: [{ host: '10.0.0.7', port: 8080, private: true }], environment: {} };
    const plan = { servers: [{ blueprint: plain, why: '' }], phases: [], missing: [], questions: [] };
    const prepared = { plan: plan as unknown as Prepared['plan'] };
    expect(grantPlan(prepared, wish).plan.servers[0]!.blueprint.grants.hosts).toEqual(wish.hosts);
  });
});
