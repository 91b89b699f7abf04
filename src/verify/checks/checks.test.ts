import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkConformance } from './conformance.ts';
import { checks } from './index.ts';

for (const check of checks) checkConformance(check);

it('every folder is registered under its name', () => {
  const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  expect(checks.map(({ name }) => name).sort()).toEqual(folders.map(({ name }) => name).sort());
});
