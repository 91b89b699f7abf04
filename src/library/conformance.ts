import { readFileSync, readdirSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { ToolError } from '#runtime/errors.ts';
import type { Example, Json, JsonSchema, Recipe, RecipeTool } from '../spec/index.ts';
import { assetUrl } from '../util/index.ts';
import { readModule } from './list.ts';
import { makeTestContext } from './testing.ts';

type Handler = (args: unknown, context: unknown, options: Record<string, Json>) => Promise<unknown>;

const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  useDefaults: true,
  formats: { date: true, 'date-time': true, uri: true },
});

/** The tests that every recipe passes; a recipe's own test calls this and adds its cases. */
export function recipeConformance(recipe: Recipe): void {
  describe(`recipe ${recipe.name} as every recipe`, () => {
    it('has modules that import only what generated servers have', () => checkImports(recipe));
    it('has modules on disk, and no others', () => checkFiles(recipe));
    for (const tool of recipe.tools) {
      describe(tool.name, () => {
        it('[RECIPES-DATA-1] has a name, title and description an agent can choose by', () => checkWords(tool));
        it('[RECIPES-DATA-1] has valid schemas with described, bounded parameters', () => checkSchemas(tool));
        it('has a vocabulary', () => {
          expect(tool.vocabulary.verbs.length).toBeGreaterThan(0);
          expect(tool.vocabulary.objects.length).toBeGreaterThan(0);
          expect(tool.examples.length).toBeGreaterThan(0);
        });
        tool.examples.forEach((example, index) => {
          it(`[RECIPES-DATA-2] gives what example ${index + 1} says`, () => runExample(recipe, tool, example));
        });
      });
    }
  });
}

/** Loads a tool's handler from its module. */
export async function loadHandler(recipe: Recipe, tool: RecipeTool): Promise<Handler> {
  const url = assetUrl(`library/recipes/${recipe.name}/${tool.handler.module}`);
  const module = (await import(url.href)) as Record<string, Handler>;
  const handler = module[tool.handler.export];
  if (typeof handler !== 'function') throw new Error(`${tool.handler.module} exports no ${tool.handler.export}`);
  return handler;
}

function checkWords(tool: RecipeTool): void {
  for (const name of [tool.name.replace('{subject}', 'subject'), tool.fallbackName ?? 'none']) {
    expect(name).toMatch(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/);
    expect(name.length).toBeLessThanOrEqual(64);
  }
  if (tool.name.includes('{subject}')) expect(tool.fallbackName).toBeDefined();
  expect(tool.title.length).toBeGreaterThan(2);
  const sentences = tool.description.split(/(?<=[.!?])\s+/);
  expect(sentences.length).toBeGreaterThanOrEqual(2);
  expect(sentences.length).toBeLessThanOrEqual(5);
  expect(tool.description.length).toBeLessThanOrEqual(700);
  expect(tool.description, 'says what it does not do').toMatch(/\b(not|never|nothing|no|only|without)\b/i);
  expect(tool.description, 'gives the model no orders').not.toMatch(/\b(you must|always call|ignore|system prompt)\b/i);
}

function checkSchemas(tool: RecipeTool): void {
  for (const schema of [tool.input, tool.output]) {
    expect(schema['type']).toBe('object');
    expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true);
    ajv.compile(schema);
  }
  checkBounds(tool.input, 'input');
  if (tool.annotations.readOnlyHint) expect(tool.annotations.destructiveHint).toBe(false);
}

/** Every parameter is described; every text, list and number has an end. */
function checkBounds(schema: JsonSchema, where: string): void {
  for (const [name, child] of Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)) {
    const place = `${where}.${name}`;
    expect(child['description'], `${place} is described`).toBeTypeOf('string');
    const fixed = child['enum'] ?? child['const'];
    if (child['type'] === 'string' && fixed === undefined)
      expect(child['maxLength'], `${place} maxLength`).toBeTypeOf('number');
    if (child['type'] === 'array') {
      expect(child['maxItems'], `${place} maxItems`).toBeTypeOf('number');
      checkBounds(child['items'] as JsonSchema, `${place}[]`);
    }
    if (child['type'] === 'integer' || child['type'] === 'number') {
      expect(child['minimum'], `${place} minimum`).toBeTypeOf('number');
      expect(child['maximum'], `${place} maximum`).toBeTypeOf('number');
    }
    checkBounds(child, place);
  }
}

function moduleNames(recipe: Recipe): readonly string[] {
  return recipe.modules.typescript ?? [];
}

function checkFiles(recipe: Recipe): void {
  const folder = fileURLToPath(assetUrl(`library/recipes/${recipe.name}/`));
  const helpers = new Set(['index.ts']);
  const found = readdirSync(folder).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('tools.ts'),
  );
  expect(found.filter((file) => !helpers.has(file)).sort()).toEqual([...moduleNames(recipe)].sort());
  for (const tool of recipe.tools) expect(moduleNames(recipe)).toContain(tool.handler.module);
}

function checkImports(recipe: Recipe): void {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = file.startsWith('#runtime/') ? readRuntime(file) : readModule(recipe.name, file);
    const folder = /^#\w+\//.exec(file)?.[0] ?? '';
    for (const [, stated, loaded = ''] of source.matchAll(/\bfrom '([^']+)'|\bimport\('([^']+)'\)/g)) {
      const name = stated ?? loaded;
      if (/^(?:node:|#util\/)/.test(name) || serverPackages.test(name)) continue;
      if (/^#(?:shared|runtime)\//.test(name)) visit(name);
      else if (name.startsWith('./')) visit(folder + name.slice(2));
      else packages.add(packageName(name));
    }
    expect(source, `${file} reads no assets and takes nothing from other folders`).not.toMatch(
      /from '\.\.\/|import\.meta/,
    );
  };
  moduleNames(recipe).forEach(visit);
  const runtime = recipe.dependencies.filter((name) => !name.startsWith('@types/'));
  expect([...runtime].sort()).toEqual([...packages].sort());
}

/** In every generated server. */
const serverPackages = /^@modelcontextprotocol\//;

function readRuntime(file: string): string {
  return readFileSync(assetUrl(`languages/typescript/runtime/${file.slice('#runtime/'.length)}`), 'utf8');
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

async function runExample(recipe: Recipe, tool: RecipeTool, example: Example): Promise<void> {
  const test = await makeTestContext({ files: example.files ?? {} });
  try {
    const before = await snapshot(test.workspace);
    const args = structuredClone(example.arguments);
    const validInput = ajv.compile(tool.input);
    const isError = example.expect !== undefined && 'isError' in example.expect && example.expect.isError;
    if (!isError) expect(validInput(args), ajv.errorsText(validInput.errors)).toBe(true);
    const handler = await loadHandler(recipe, tool);
    const context = { ...test.context, fetch: refuseFetch, secret: noSecret };
    const options = tool.configure?.({ evidence: '', limits: {} }) ?? {};
    const outcome = await handler(args, context, options).then(
      (value) => ({ value: JSON.parse(JSON.stringify(value)) as Json, failed: false }),
      (error: unknown) => ({ value: (error instanceof Error ? error.message : String(error)) as Json, failed: true }),
    );
    expect(outcome.failed, String(outcome.value)).toBe(isError);
    if (!isError) {
      const valid = ajv.compile(tool.output);
      expect(valid(outcome.value), `${ajv.errorsText(valid.errors)} in ${JSON.stringify(outcome.value)}`).toBe(true);
    }
    checkExpectation(example, outcome.value);
    if (tool.annotations.readOnlyHint) expect(await snapshot(test.workspace)).toEqual(before);
  } finally {
    await test.dispose();
  }
}

function checkExpectation(example: Example, value: Json): void {
  const wanted = example.expect;
  if (!wanted) return;
  if ('equals' in wanted) expect(value).toEqual(wanted.equals);
  if ('contains' in wanted) expect(JSON.stringify(value)).toContain(wanted.contains);
  if ('matches' in wanted) expect(JSON.stringify(value)).toMatch(new RegExp(wanted.matches));
}

/** Path, size and time of everything below a folder. */
async function snapshot(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const info = await stat(join(folder, name));
    found[name] = info.isFile() ? `${info.mtimeMs} ${await readFile(join(folder, name), 'utf8')}` : 'folder';
  }
  return found;
}

const refuseFetch = (): never => {
  throw new ToolError('Examples run without a network.', 'Use a dry run.');
};

const noSecret = (name: string): never => {
  throw new ToolError(`${name} is not set.`, `Set ${name}.`);
};
