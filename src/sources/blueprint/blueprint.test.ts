import { expect, it } from 'vitest';
import { blueprint } from '../../spec/index.ts';
import { sourceConformance } from '../conformance.ts';
import { blueprintSource } from './index.ts';

const whole = blueprint.parse({
  format: 1,
  name: 'word-count',
  version: '1.0.0',
  title: 'Word count',
  description: 'Counts words.',
  language: 'typescript',
  tools: [
    {
      name: 'count_words',
      title: 'Count words',
      description: 'Returns how many words a text has.',
      input: { type: 'object', properties: { text: { type: 'string', description: 'Text.' } }, required: ['text'] },
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
      implementation: { kind: 'code', code: 'return { words: text.split(/\\s+/).length };' },
    },
  ],
  provenance: { source: 'form', digest: '0'.repeat(64) },
});

sourceConformance(blueprintSource, JSON.stringify(whole));

it('[SOURCES-10] takes values of secrets out of a Blueprint, and leaves them nowhere in the request', () => {
  const environment = [
    { name: 'API_KEY', value: 'decoy-key-1' },
    { name: 'OTHER', value: 'decoy-other', secret: true },
    { name: 'DATABASE_URL', value: 'postgres://u:decoy-pass@db.example/x' },
    { name: 'REGION', value: 'eu' },
  ];
  const text = JSON.stringify({ ...whole, environment });
  const { request, secrets } = blueprintSource.read(text, JSON.parse(text), {});
  expect(Object.keys(secrets)).toEqual(['API_KEY', 'OTHER', 'DATABASE_URL']);
  expect(JSON.stringify(request)).not.toContain('decoy');
  expect(request.environment.map(({ secret }) => secret)).toEqual([true, true, true, false]);
});

it('[SOURCES-16] does not let a Blueprint say that a public name is private', () => {
  const hosts = ['api.example.com', 'localhost'].map((host) => ({ host, port: 443, private: true }));
  const text = JSON.stringify({ ...whole, grants: { hosts } });
  const { request } = blueprintSource.read(text, JSON.parse(text), {});
  expect(request.grants.hosts.map((host) => host.private)).toEqual([false, true]);
});
