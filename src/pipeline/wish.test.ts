import { describe, expect, it } from 'vitest';
import { blueprint } from '../spec/index.ts';
import { carryOver } from './next-blueprint.ts';
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

  it('are part of each server of a plan', () => {
    const wish = { folders: [], hosts: [{ host: '10.0.0.7', port: 8080, private: true }], environment: {} };
    const plan = { servers: [{ blueprint: plain, why: '' }], phases: [], missing: [], questions: [] };
    const prepared = { plan: plan as unknown as Prepared['plan'] };
    expect(grantPlan(prepared, wish).plan.servers[0]!.blueprint.grants.hosts).toEqual(wish.hosts);
  });
});
