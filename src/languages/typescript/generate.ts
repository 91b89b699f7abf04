import { CrafterError } from '../../errors.ts';
import type { GenerateInput, ProjectFile, ProjectFiles } from '../../spec/index.ts';
import { allPackages, lockFile } from './lock.ts';
import { collectModules } from './modules.ts';
import { environmentExample, fixedFiles, manifestFile, packageJson, registryFile } from './print/package-files.ts';
import { readme } from './print/readme.ts';
import { mainFile, serverFile } from './print/server-file.ts';
import { testFile } from './print/test-file.ts';
import { apiFiles } from './print/api-files.ts';
import { apiFileOf, isApiTool } from './print/api-file.ts';
import { codeTool, recipeTool, type ToolFile } from './print/tool-file.ts';
import { packageVersions } from './needed-packages.ts';
import { billOfMaterials, licenceList } from './supply/bill.ts';
import { apiParts, runtimeModules, recipeModules } from './needed-modules.ts';

/**
 * A Blueprint's source tree. Pure.
 * @throws CrafterError PENDING_TOOLS when a tool has no implementation; NOT_FOUND for an unknown recipe.
 */
export function generate(input: GenerateInput): ProjectFiles {
  const { blueprint, crafterVersion } = input;
  const tools = toolFiles(input);
  const api = apiFileOf(blueprint);
  const parts = new Set([...tools.flatMap((tool) => tool.parts), ...apiParts(blueprint)]);
  const modules = collectModules(
    { runtime: runtimeModules(blueprint, tools, parts, api !== undefined), recipes: recipeModules(input) },
    input.readModule,
  );
  const versions = packageVersions(input, modules);
  const root = { name: blueprint.name, version: blueprint.version, ...versions };
  const packages = allPackages(blueprint.dependencies);
  const bill = { ...root, description: blueprint.description, crafterVersion };
  const files: (readonly [string, ProjectFile])[] = [
    ...tools.map(({ path, text }) => [path, { text }] as const),
    ...[...modules].map(([file, text]) => [`src/modules/${file}`, { text }] as const),
    ['src/main.ts', { text: mainFile }],
    ['src/server.ts', { text: serverFile(blueprint, tools, parts, api !== undefined) }],
    ...(api === undefined ? [] : apiFiles(blueprint, api)),
    ['tests/server.test.ts', { text: testFile(blueprint) }],
    ['package.json', { text: `${JSON.stringify(packageJson(blueprint, versions), null, 2)}\n` }],
    ['package-lock.json', { text: lockFile(root, packages) }],
    ['sbom.cdx.json', { text: billOfMaterials(bill, packages) }],
    ['THIRD_PARTY.md', { text: licenceList(bill, packages) }],
    ['README.md', { text: readme(blueprint, parts) }],
    ['.env.example', environmentExample(blueprint, parts)],
    ['server.json', registryFile(blueprint)],
    ['mcp-crafter.json', manifestFile(blueprint, crafterVersion)],
    ...fixedFiles(),
  ];
  return new Map(files.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The tools' source files, in the Blueprint's order. */
function toolFiles({ blueprint, recipes }: Pick<GenerateInput, 'blueprint' | 'recipes'>): ToolFile[] {
  const pending = blueprint.tools
    .filter(({ implementation }) => implementation.kind === 'pending')
    .map(({ name }) => name);
  if (pending.length > 0) {
    throw new CrafterError('PENDING_TOOLS', `Nobody has written ${pending.join(', ')} yet.`, {
      hint: 'Supply the code of these tools in a form.',
    });
  }
  return blueprint.tools
    .filter((tool) => !isApiTool(tool))
    .map((tool) => {
      const { implementation } = tool;
      if (implementation.kind === 'code') return codeTool(tool, implementation.code);
      if (implementation.kind !== 'recipe') throw new TypeError(`no implementation: ${tool.name}`);
      const recipe = recipes.get(implementation.recipe);
      const source = recipe?.tools.find((each) => each.name === implementation.tool);
      if (source) return recipeTool(tool, source, implementation.options);
      throw new CrafterError('NOT_FOUND', `There is no recipe tool ${implementation.recipe}/${implementation.tool}.`, {
        hint: 'Plan again with this version.',
      });
    });
}
