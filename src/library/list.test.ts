import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { assetUrl } from '../util/index.ts';
import { readModule, readShared, recipe, recipes } from './index.ts';

const folders = readdirSync(assetUrl('library/recipes/'), { withFileTypes: true })
  .filter(
    (entry) => entry.isDirectory() && readdirSync(assetUrl(`library/recipes/${entry.name}/`)).includes('index.ts'),
  )
  .map((entry) => entry.name);

it('[RECIPES-DATA-18] registers every folder of recipes under its own name', () => {
  expect(recipes.map((each) => each.name).sort()).toEqual([...folders].sort());
});

it('gives a recipe by name and names the recipes there are when there is none', () => {
  expect(recipe('csv').title).toBe('CSV files');
  expect(() => recipe('fortran')).toThrow(
    expect.objectContaining({ code: 'NOT_FOUND', hint: expect.stringContaining('csv') }),
  );
});

it('[RECIPES-DATA-1] gives each tool a name of its own', () => {
  const names = recipes.flatMap((each) => each.tools.map((tool) => tool.name));
  expect(new Set(names).size).toBe(names.length);
});

it('names each file of runtime, shared and recipes once, since they lie side by side in a server', () => {
  const files = [
    ...readdirSync(assetUrl('languages/typescript/runtime/')).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    ),
    ...readdirSync(assetUrl('library/shared/')).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')),
    ...recipes.flatMap((each) => each.modules.typescript ?? []),
  ];
  expect(files.filter((file, index) => files.indexOf(file) !== index)).toEqual([]);
});

it('reads the source of recipe modules and of shared ones', () => {
  expect(readModule('csv', 'csv-processor.ts')).toContain('export async function processCsv');
  expect(readModule('csv', '#shared/dataset.ts')).toBe(readShared('dataset.ts'));
});
