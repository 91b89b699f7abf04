import { afterAll, expect, it, vi } from 'vitest';
import { withCommandLine, wordForm } from '../support/cli.ts';
import { startRegistry } from '../support/registry.ts';

const registry = await startRegistry({
  expres: { '1.0.0': { manifest: { license: 'MIT' }, time: new Date().toISOString() } },
});
vi.stubEnv('npm_config_registry', registry.url);
const line = withCommandLine();

afterAll(async () => {
  vi.unstubAllEnvs();
  await registry.close();
});

it('[SUPPLY-2][SUPPLY-3][SUPPLY-8] builds with a package that the user allows by name, keeps that over updates, and prints the bill', async () => {
  const form = line.file('form.json', wordForm('words', {}, { dependencies: ['expres'] }));
  const refused = await line.run(['create', form, '--wait', '--json']);
  expect(refused.code).toBe(5);
  expect(refused.json.error).toMatchObject({
    code: 'DEPENDENCY_REFUSED',
    hint: expect.stringContaining('--allow-package expres'),
  });
  const made = await line.run(['create', form, '--allow-package', 'expres', '--wait', '--json']);
  expect(made.json.status, made.stdout).toBe('success');
  const next = wordForm(
    'words',
    { description: 'Gives the word back. It keeps nothing.' },
    { dependencies: ['expres'] },
  );
  const changed = await line.run(['update', 'words', line.file('next.json', next), '--wait', '--json']);
  expect(changed.json.status, changed.stdout).toBe('success');
  const bill = (await line.run(['sbom', 'words'])).stdout;
  const { components } = JSON.parse(bill) as { components: { purl: string; licenses: unknown }[] };
  expect(components.find(({ purl }) => purl === 'pkg:npm/expres@1.0.0')?.licenses).toEqual([
    { license: { id: 'MIT' } },
  ]);
}, 120_000);
