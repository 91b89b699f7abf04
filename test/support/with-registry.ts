import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { createTypescript } from '../../src/languages/index.ts';
import { openSandbox } from '../../src/sandbox/index.ts';
import { blueprint, type Blueprint, type DependencySet } from '../../src/spec/index.ts';
import { startRegistry, type Published, type TestRegistry } from './registry.ts';

export const work = { signal: new AbortController().signal, progress: () => undefined };

export interface RegistryTest {
  readonly registry: TestRegistry;
  readonly stateFolder: string;
  /** What a build does with dependencies: pins them, then fetches them. */
  fetch(names: readonly string[], allowed?: readonly string[]): Promise<{ set: DependencySet; blueprint: Blueprint }>;
  install(blueprint: Blueprint): Promise<DependencySet>;
}

/** For tests: npm of the sandbox asks a registry on loopback that holds these packages. */
export function withRegistry(
  packages: Readonly<Record<string, Readonly<Record<string, Published>>>>,
): () => RegistryTest {
  let test: RegistryTest;
  beforeEach(async () => {
    const registry = await startRegistry(packages);
    vi.stubEnv('npm_config_registry', registry.url);
    const stateFolder = await mkdtemp(join(tmpdir(), 'registry-'));
    const language = createTypescript({ sandbox: await openSandbox({ stateFolder }), stateFolder });
    const install = (wanted: Blueprint): Promise<DependencySet> => language.install(wanted, work);
    test = {
      registry,
      stateFolder,
      install,
      async fetch(names, allowed = []) {
        const wanted = names.map((text) => {
          const at = text.indexOf('@', 1);
          return at < 0 ? { name: text } : { name: text.slice(0, at), version: text.slice(at + 1) };
        });
        const made = withDependencies(await language.resolve(wanted, work, allowed), allowed);
        return { set: await install(made), blueprint: made };
      },
    };
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await test.registry.close();
    await rm(test.stateFolder, { recursive: true, force: true });
  });
  return () => test;
}

/** A server with these dependencies; its one tool does not use them. */
function withDependencies(dependencies: Blueprint['dependencies'], packages: readonly string[] = []): Blueprint {
  return blueprint.parse({
    format: 1,
    name: 'words',
    version: '1.0.0',
    title: 'Words',
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
    dependencies,
    grants: packages.length === 0 ? {} : { packages },
    provenance: { source: 'form', digest: '0'.repeat(64) },
  });
}
