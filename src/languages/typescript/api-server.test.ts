import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readModule, recipes } from '../../library/index.ts';
import { blueprint as blueprintSchema, type Blueprint, type ProjectFiles } from '../../spec/index.ts';
import { generate } from './generate.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

const text = { type: 'string', description: 'A text.' };
const pet = {
  type: 'object',
  properties: { name: text, tag: text, parent: { $ref: '#/$defs/Pet' } },
  required: ['name'],
};

function operation(name: string, properties: object, call: object, more: object = {}) {
  return {
    name,
    title: name,
    description: 'Does what the document says.',
    input: { type: 'object', properties, additionalProperties: false, $defs: { Pet: pet } },
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    implementation: { kind: 'http', method: 'POST', path: '/pets', accept: ['application/json'], ...call },
    ...more,
  };
}

const at = (place: string, style: string, name: string, more: object = {}) => ({
  argument: name,
  name,
  in: place,
  style,
  explode: style === 'form',
  ...more,
});
const body = (as: string, type: string, encoding = {}) => ({
  body: { argument: 'body', required: true, type, as, encoding },
});

const tools = [
  operation(
    'get_pet',
    {
      id: text,
      colors: { type: 'array', items: text },
      'X-Trace': text,
      filter: { type: 'object', properties: { a: text } },
    },
    {
      method: 'GET',
      path: '/pets/{id}',
      parameters: [
        at('path', 'simple', 'id', { required: true }),
        at('query', 'form', 'colors'),
        at('header', 'simple', 'X-Trace'),
        at('query', 'deepObject', 'filter', { explode: true }),
      ],
      security: [{ key: [], user: [] }],
    },
    {
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
      output: {
        type: 'object',
        properties: { status: { type: 'integer' }, data: { $ref: '#/$defs/Pet' } },
        required: ['status'],
        $defs: { Pet: pet },
      },
    },
  ),
  operation(
    'add_pet',
    { body: { $ref: '#/$defs/Pet' } },
    { ...body('json', 'application/json'), security: [{ token: [] }], server: 1 },
  ),
  operation(
    'send_form',
    { body: { type: 'object', properties: { a: text, b: { type: 'integer' } } } },
    body('form', 'application/x-www-form-urlencoded'),
  ),
  operation(
    'send_file',
    { body: { type: 'object', properties: { file: text, note: text } } },
    body('multipart', 'multipart/form-data', { file: { binary: true } }),
  ),
  operation('send_bytes', { body: text }, body('binary', 'application/octet-stream')),
];

const code = {
  name: 'double',
  title: 'Double',
  description: 'Doubles a number.',
  input: { type: 'object', properties: { value: { type: 'number', description: 'A number.' } }, required: ['value'] },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  implementation: { kind: 'code', code: 'return { value: value * 2 };' },
  examples: [{ arguments: { value: 2 }, expect: { equals: { value: 4 } } }],
};

function blueprintOf(more: object): Blueprint {
  return blueprintSchema.parse({
    format: 1,
    name: 'pets',
    version: '1.0.0',
    title: 'Pets',
    description: 'Pets.',
    language: 'typescript',
    tools,
    api: {
      title: 'Pets',
      version: '1',
      servers: [
        { url: 'https://pets.example', variable: 'API_BASE_URL' },
        { url: 'https://other.example/v2', variable: 'OTHER_BASE_URL' },
      ],
      security: {
        key: { type: 'apiKey', in: 'query', name: 'key', variable: 'PETS_KEY' },
        user: { type: 'basic', username: 'PETS_USER', password: 'PETS_PASSWORD' },
        token: { type: 'http', scheme: 'bearer', variable: 'PETS_TOKEN' },
      },
      schemas: { Pet: pet },
      remarks: [
        {
          where: '#/paths',
          what: 'It was "odd"\nthere',
          action: 'mended',
          overlay: { target: "$.paths['/x']", update: { a: [1] } },
        },
      ],
    },
    environment: ['PETS_KEY', 'PETS_USER', 'PETS_PASSWORD', 'PETS_TOKEN'].map((name) => ({
      name,
      secret: true,
      description: 'A credential.',
    })),
    grants: { hosts: [{ host: 'pets.example' }] },
    provenance: { source: 'openapi', digest: '0' },
    ...more,
  });
}

const filesOf = (blueprint: Blueprint): ProjectFiles =>
  generate({
    blueprint,
    recipes: new Map(recipes.map((recipe) => [recipe.name, recipe])),
    readModule,
    crafterVersion: '0.1.0',
  });

describe('a server of an API', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'api-server-'));
    await symlink(join(root, 'node_modules'), join(home, 'node_modules'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  async function laid(name: string, files: ProjectFiles): Promise<string> {
    for (const [path, file] of files) {
      await mkdir(dirname(join(home, name, path)), { recursive: true });
      await writeFile(join(home, name, path), file.text);
    }
    return join(home, name);
  }

  async function tested(cwd: string): Promise<{ output: string; passed: number; failed: number }> {
    const { stdout } = await run(process.execPath, ['--test', '--test-reporter=spec', 'tests/*.test.ts'], {
      cwd,
    }).catch((error: { stdout: string }) => error);
    const count = (word: string): number => Number(new RegExp(`^ℹ ${word} (\\d+)$`, 'm').exec(stdout)?.[1]);
    return { output: stdout, passed: count('pass'), failed: count('fail') };
  }

  it('[OPENAPI-SERVER-4] has its operations as one line of data, and only what they use', () => {
    const files = filesOf(blueprintOf({ tools: tools.slice(0, 2) }));
    const data = files.get('src/api.json')!.text;
    expect(data.split('\n')).toHaveLength(2);
    expect(JSON.parse(data)).toMatchObject({
      title: 'Pets',
      tools: [{ name: 'get_pet' }, { name: 'add_pet', implementation: { server: 1 } }],
    });
    expect(data).not.toContain('"schemas"');
    expect([...files.keys()].filter((path) => path.startsWith('src/tools/'))).toEqual([]);
    expect(files.get('src/server.ts')!.text).not.toContain('openFolders');
    expect(filesOf(blueprintOf({})).get('src/server.ts')!.text).toContain('openFolders');
    expect(files.get('openapi-overlay.yaml')!.text).toContain(
      '- target: "$.paths[\'/x\']"\n    description: "It was \\"odd\\"\\nthere"\n    update: {"a":[1]}',
    );
  });

  it('[OPENAPI-SERVER-10] has the examples of the document beside its tests, not in its data', () => {
    const shown = operation('find_pet', { id: text }, { examples: { id: 'rex' } });
    const files = filesOf(blueprintOf({ tools: [tools[0]], catalogue: [shown] }));
    expect(JSON.parse(files.get('tests/examples.json')!.text)).toEqual({ find_pet: { id: 'rex' } });
    expect(files.get('src/api.json')!.text).toContain('find_pet');
    expect(files.get('src/api.json')!.text).not.toContain('rex');
  });

  it('[OPENAPI-SERVER-4] has a folder to keep a sign-in in, where users sign in', () => {
    const authorize = { ...operation('authorize', {}, {}), implementation: { kind: 'authorize' } };
    const files = filesOf(blueprintOf({ tools: [tools[0], authorize] }));
    expect(files.get('src/server.ts')!.text).toContain(
      '({ ...call, folders, fetch: fetchWithin(call.signal), secret })',
    );
  });

  it('[OPENAPI-SERVER-4] suggests each change of the document once', () => {
    const remark = { where: '#/a', what: 'a', action: 'mended', overlay: { target: '$.a', update: { a: [1] } } };
    const blueprint = blueprintOf({});
    const { api } = blueprint;
    const remarks = [remark, { ...remark, where: '#/b' }];
    const text = filesOf(blueprintOf({ api: { ...api, remarks } })).get('openapi-overlay.yaml')!.text;
    expect(text.split('- target:')).toHaveLength(2);
  });

  it(
    '[OPENAPI-SERVER-5] passes its own tests, beside tools of other kinds, and type-checks',
    { timeout: 60_000 },
    async () => {
      const project = await laid('mixed', filesOf(blueprintOf({ tools: [...tools, code] })));
      const { output, passed, failed } = await tested(project);
      expect({ failed, passed }, output).toEqual({ failed: 0, passed: tools.length + 2 });
      await run(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], { cwd: project }).catch((error: { stdout: string }) =>
        expect(error.stdout).toBe(''),
      );
    },
  );

  it('[OPENAPI-SERVER-5] fails its own tests when a request says something else', { timeout: 60_000 }, async () => {
    const files = filesOf(blueprintOf({}));
    const data = JSON.parse(files.get('src/api.json')!.text);
    const tests = files.get('tests/api.test.ts')!.text;
    data.tools[0].implementation.parameters[1].name = 'colour';
    data.tools[1].implementation.security = [];
    // The tests keep to the data as it was generated; the server runs on what was changed.
    const wrong = new Map(files)
      .set('src/api.json', { text: JSON.stringify(data) })
      .set('tests/api.json', files.get('src/api.json')!)
      .set('tests/api.test.ts', { text: tests.replace("'../src/api.json'", "'./api.json'") });
    const { output, failed } = await tested(await laid('wrong', wrong));
    expect(failed, output).toBe(2);
    expect(output).toMatch(/colors was given as .* and arrives as nothing/);
    expect(output).toContain('the credentials of token are not in their place');
  });
});
