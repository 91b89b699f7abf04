import { CrafterError } from '../../errors.ts';
import type { GenerateInput } from '../../spec/index.ts';
import { ownDependencies, ownVersion } from './lock.ts';
import { type Versions } from './print/package-files.ts';

const serverPackages = ['@modelcontextprotocol/node', '@modelcontextprotocol/server'];
const developmentPackages = ['@modelcontextprotocol/client', '@types/node', 'typescript'];

/** @param modules texts of src/modules/ by file: those of an API name packages by importing them. */
export function packageVersions(
  { blueprint, recipes }: GenerateInput,
  modules: ReadonlyMap<string, string> = new Map(),
): {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
} {
  const fromRecipes = blueprint.tools.flatMap(({ implementation }) =>
    implementation.kind === 'recipe' ? (recipes.get(implementation.recipe)?.dependencies ?? []) : [],
  );
  const names = [...new Set([...serverPackages, ...fromRecipes, ...importedByApi(modules)])];
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

function importedByApi(modules: ReadonlyMap<string, string>): string[] {
  const texts = [...modules].filter(([file]) => file.startsWith('api-')).map(([, text]) => text);
  const known = ownDependencies();
  return texts.flatMap((text) =>
    [...text.matchAll(/\b(?:from|import)\s*\(?\s*'((?:@[\w.-]+\/)?[\w.-]+)[^']*'/g)]
      .map((match) => match[1]!)
      .filter((name) => Object.hasOwn(known, name)),
  );
}
