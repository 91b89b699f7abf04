import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { requirements } from '../requirements.ts';
import { root } from './sources.ts';

const testFiles = ['src', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(\.test|\/conformance)\.ts$/.test(path) && !path.startsWith('foreign/'))
    .map((path) => readFileSync(join(root, folder, path), 'utf8')),
);

it('[HOUSE-6] every requirement is cited by a test, every cited id stands', () => {
  const cited = new Set(
    testFiles.flatMap((text) => [...text.matchAll(/\[([A-Z]+(?:-[A-Z]+)*-\d+)\]/g)].map((match) => match[1] ?? '')),
  );
  const known = new Set(requirements.map((requirement) => requirement.id));
  expect([...known].filter((id) => !cited.has(id))).toEqual([]);
  expect([...cited].filter((id) => !known.has(id))).toEqual([]);
});

it('every requirement id stands once', () => {
  const ids = requirements.map((requirement) => requirement.id);
  expect(new Set(ids).size).toBe(ids.length);
});
