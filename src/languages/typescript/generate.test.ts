import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockClosure } from '../../../scripts/lock-closure.ts';
import { readModule, recipes } from '../../library/index.ts';
import { blueprint, type Blueprint } from '../../spec/index.ts';
import { generate } from './generate.ts';
import { ownDependencies, ownPackages } from './lock.ts';
import { resolveDependencies } from './resolve.ts';
import type { PackageManager } from './npm.ts';

const annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

function withCode(code: string, more: object = {}): Blueprint {
  const input = {
    type: 'object',
    properties: { city: { type: 'string' }, class: { type: 'string' } },
    required: ['city'],
  };
  const tool = {
    name: 'get_weather',
    title: 'Weather',
    description: 'Weather.',
    input,
    annotations,
    implementation: { kind: 'code', code },
  };
  return blueprint.parse({
    format: 1,
    name: 'weather',
    version: '1.0.0',
    title: 'Weather',
    description: 'Weather.',
    language: 'typescript',
    tools: [tool],
    provenance: { source: 'form', digest: 'x' },
    ...more,
  });
}

function filesOf(wanted: Blueprint) {
  return generate({
    blueprint: wanted,
    recipes: new Map(recipes.map((recipe) => [recipe.name, recipe])),
    readModule,
    crafterVersion: '0.1.0',
  });
}

const toolOf = (code: string) => filesOf(withCode(code)).get('src/tools/get-weather.ts')!.text;

describe('a generated project', () => {
  it('has the layout people know', () => {
    expect([...filesOf(withCode('return city;')).keys()].filter((path) => !path.startsWith('src/modules/'))).toEqual([
      '.env.example',
      '.gitignore',
      'README.md',
      'THIRD_PARTY.md',
      'mcp-crafter.json',
      'package-lock.json',
      'package.json',
      'sbom.cdx.json',
      'scripts/dev.sh',
      'scripts/prod.sh',
      'server.json',
      'src/main.ts',
      'src/server.ts',
      'src/tools/get-weather.ts',
      'tests/server.test.ts',
      'tsconfig.json',
    ]);
  });

  it('[GENERATE-4] has no word of folders, network or secrets when no tool uses them', () => {
    const plain = filesOf(withCode('return city;'));
    const all = [...plain]
      .filter(([path]) => path.startsWith('src/'))
      .map(([path, { text }]) => `${path}\n${text}`)
      .join('\n');
    expect(all).not.toMatch(
      /folder-context|FolderContext|FetchContext|SecretContext|limited-fetch|openFolders|readEnvironment/,
    );
    expect(plain.get('README.md')!.text).not.toContain('MCP_WORKSPACE');
    const using = filesOf(withCode('const { fetch, log } = context; return (await fetch(city)).status;'));
    expect([...using.keys()]).toContain('src/modules/limited-fetch.ts');
    expect([...using.keys()]).not.toContain('src/modules/folders.ts');
    expect(using.get('src/modules/context.ts')!.text).not.toContain('FolderContext');
  });

  it('gives code its parameters by name, unless it takes them itself or the name is not free', () => {
    expect(toolOf('return city;')).toContain('  const { city } = args;\n  return city;');
    expect(toolOf('const { city } = args;\nreturn city;')).not.toContain('const { city } = args;\n  const');
    expect(toolOf('return args.class;')).not.toContain('const {');
    expect(toolOf('return 1;')).toContain('async function run(): Promise<unknown>');
    expect(toolOf("import { hostname } from 'node:os';\n\nreturn hostname();")).toMatch(
      /^import \{ hostname \} from 'node:os';/,
    );
  });

  it('leaves the text of templates as it is', () => {
    expect(toolOf('return `a\n  b`;')).toContain('`a\n  b`');
  });

  it('refuses tools that nobody has written, by name', () => {
    const pending = withCode('');
    const tools = pending.tools.map((tool) => ({
      ...tool,
      implementation: { kind: 'pending' as const, need: 'weather' },
    }));
    expect(() => filesOf({ ...pending, tools })).toThrow('get_weather');
  });

  it('never holds a secret’s value, and escapes the others', () => {
    const environment = [
      { name: 'KEY', secret: true, required: true, value: 's3cr3t-value' },
      { name: 'MOTTO', value: 'two\nLINES="x"' },
      { name: 'SHELL', value: 'a $(decoy) `decoy`' },
      { name: 'BOTH', value: `it's $(decoy) "x"` },
    ];
    const files = filesOf(withCode('return 1;', { environment }));
    for (const [path, { text }] of files) expect(text, path).not.toContain('s3cr3t-value');
    expect(files.get('.env.example')!.text).toContain(`# MOTTO='two LINES="x"'\n`);
    expect(files.get('.env.example')!.text).toContain("# SHELL='a $(decoy) `decoy`'\n");
    expect(files.get('.env.example')!.text).toContain(`# BOTH="it's (decoy) x"\n`);
  });

  it('[GENERATE-3] keeps options of a recipe in their place, whatever stands in them', () => {
    const recipe = recipes[0]!;
    const [source] = recipe.tools;
    const text = "$` $' $& $$ '";
    const { input, title } = source!;
    const implementation = { kind: 'recipe', recipe: recipe.name, tool: source!.name, options: { text } };
    const tool = { name: 'odd', title, description: "'); decoy(); ('", input, annotations, implementation };
    const printed = filesOf(withCode('', { tools: [tool] })).get('src/tools/odd.ts')!.text;
    expect(printed).toContain(`text: "$\` $' $& $$ '"`);
    expect(printed.match(/decoy/g)).toHaveLength(1);
  });

  it('[GENERATE-5] has a lock that npm ci accepts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lock-'));
    try {
      const names = recipes.flatMap((recipe) =>
        recipe.tools.slice(0, 1).map((tool) => ({ recipe: recipe.name, tool })),
      );
      const tools = names.map(({ recipe, tool: { name, fallbackName, title, description, input } }) => ({
        name: fallbackName ?? name,
        title,
        description,
        input,
        annotations,
        implementation: { kind: 'recipe', recipe, tool: name },
      }));
      const files = filesOf(withCode('', { tools }));
      for (const name of ['package.json', 'package-lock.json'])
        writeFileSync(join(folder, name), files.get(name)!.text);
      const output = execFileSync(
        'npm',
        ['ci', '--dry-run', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'],
        { cwd: folder, encoding: 'utf8', stdio: 'pipe' },
      );
      expect(output).toMatch(/add zod/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('[GENERATE-5] takes its versions from mcp-crafter’s own lock as it is now', () => {
    expect({ dependencies: ownDependencies(), packages: ownPackages() }, 'run: node scripts/lock-closure.ts').toEqual(
      JSON.parse(lockClosure()),
    );
  });
});

describe('dependencies', () => {
  const work = { signal: new AbortController().signal, progress: () => undefined };
  const offline: PackageManager = {
    lock: () => Promise.reject(new Error('no network')),
    install: () => Promise.reject(new Error('no network')),
    published: () => Promise.reject(new Error('no network')),
  };
  const policy = { allowed: [], days: 7 };

  it('[GENERATE-14] are taken from mcp-crafter where it has them, without network', async () => {
    const own = ownDependencies()['luxon']!;
    const [pinned] = await resolveDependencies([{ name: 'luxon' }], offline, work, policy);
    expect(pinned).toMatchObject({ name: 'luxon', version: own, integrity: expect.stringMatching(/^sha512-/) });
    expect(await resolveDependencies([{ name: 'luxon', version: `^${own}` }], offline, work, policy)).toEqual([pinned]);
    await expect(resolveDependencies([{ name: 'luxon', version: '1.0.0' }], offline, work, policy)).rejects.toThrow(
      'no network',
    );
    await expect(resolveDependencies([{ name: '--prefix', version: '=x' }], offline, work, policy)).rejects.toMatchObject({
      code: 'DEPENDENCY_UNAVAILABLE',
    });
  });

  it('[GENERATE-14] are refused by name when they are no names', async () => {
    for (const name of ['', '../x', 'a b', 'x@y', 'Foo']) {
      await expect(resolveDependencies([{ name }], offline, work, policy)).rejects.toMatchObject({
        code: 'DEPENDENCY_UNAVAILABLE',
      });
    }
  });
});
