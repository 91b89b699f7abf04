import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

it('[SUPPLY-2][SUPPLY-3][SUPPLY-8] builds with a package that the user allows by name, no file does, keeps that over updates, and prints the bill', async () => {
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
  const folder = (await line.run(['show', 'words', '--json'])).json as unknown as { folders: { project: string } };
  const { blueprint } = JSON.parse(readFileSync(join(folder.folders.project, 'mcp-crafter.json'), 'utf8'));
  expect(blueprint.grants.packages).toEqual(['expres']);
  mkdirSync(join(line.folder, 'given'));
  line.file('given/mcp-crafter.json', { blueprint });
  const plan = { format: 1, id: 'plan-given', phases: [], rollback: '', grantsNeeded: [], missing: [], questions: [] };
  const deployment = { target: 'process', strategy: '', healthCheck: '' };
  const servers = [{ blueprint: { ...blueprint, name: 'other' }, why: '' }];
  const file = line.file('given.plan.json', { ...plan, deployment, servers });
  for (const words of [
    ['verify', './given'],
    ['execute', file, '--wait'],
  ]) {
    const own = await line.run([...words, '--json']);
    expect(own.json.error ?? own.json, own.stdout).toMatchObject({ code: 'DEPENDENCY_REFUSED' });
  }
  expect((await line.run(['verify', 'words', '--json'])).json['success']).toBe(true);
  const bill = (await line.run(['sbom', 'words'])).stdout;
  const { components } = JSON.parse(bill) as { components: { purl: string; licenses: unknown }[] };
  expect(components.find(({ purl }) => purl === 'pkg:npm/expres@1.0.0')?.licenses).toEqual([
    { license: { id: 'MIT' } },
  ]);
}, 120_000);
