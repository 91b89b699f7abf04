import { CrafterError } from '../../errors.ts';
import type { GenerateInput } from '../../spec/index.ts';
import { ownVersion } from './lock.ts';
import { type Versions } from './print/package-files.ts';

const serverPackages = ['@modelcontextprotocol/node', '@modelcontextprotocol/server'];
const developmentPackages = ['@modelcontextprotocol/client', '@types/node', 'typescript'];
export function packageVersions({ blueprint, recipes }: GenerateInput): {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
} {
  const fromRecipes = blueprint.tools.flatMap(({ implementation }) =>
    implementation.kind === 'recipe' ? (recipes.get(implementation.recipe)?.dependencies ?? []) : [],
  );
  const names = [...new Set([...serverPackages, ...fromRecipes])];
  const types = names.map((name) => `@types/${name}`).filter((name) => ownVersion(name) !== undefined);
  const runtime = names.filter((name) => !name.startsWith('@types/'));
  const development = new Set([
    ...developmentPackages,
    ...types,
    ...names.filter((name) => name.startsWith('@types/')),
  ]);
  const dependencies = new Map(runtime.map((name) => [name, own(name)]));
  for (const { name, version } of blueprint.dependencies) dependencies.set(name, version);
  return {
    dependencies: sorted([...dependencies]),
    devDependencies: sorted([...development].map((name) => [name, own(name)])),
  } satisfies Versions;
}

function own(name: string): string {
  const version = ownVersion(name);
  if (version !== undefined) return version;
  throw new CrafterError('INTERNAL', `mcp-crafter has no version of ${name}.`, {
    hint: 'Run scripts/lock-closure.ts.',
  });
}

function sorted(entries: [string, string][]): Record<string, string> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
