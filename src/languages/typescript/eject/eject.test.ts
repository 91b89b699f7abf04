import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readModule } from '../../../library/index.ts';
import { blueprint as blueprintSchema, type Blueprint, type ProjectFiles } from '../../../spec/index.ts';
import { generate } from '../generate.ts';
import { parseCode } from '../parse-code.ts';
import { apiFileOf } from '../print/api-file.ts';
import { openCalls } from '../runtime/api-call.ts';
import { operationTool } from '../runtime/api-request.ts';
import { callTool } from '../runtime/call.ts';
import type { ObjectSchema } from '../runtime/schema.ts';
import { defineTool } from '../runtime/tool.ts';
import { ejectTool } from './eject.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const run = promisify(execFile);

const text = { type: 'string' };
const list = { type: 'array', items: text };
const color = { $ref: '#/$defs/Color' };
const annotations = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true };

interface Given {
  readonly name: string;
  readonly properties: object;
  readonly call: object;
  readonly output?: object;
}

function operation({ name, properties, call, output }: Given): object {
  return {
    name,
    title: 'Call',
    description: 'Calls the operation.',
    input: { type: 'object', properties, required: Object.keys(properties) },
    ...(output && { output }),
    annotations,
    implementation: { kind: 'http', method: 'POST', path: '/pets', accept: ['application/json'], ...call },
  };
}

const at = (place: string, style: string, explode: boolean, more = {}) => ({
  parameters: [{ argument: 'x', name: 'x', in: place, style, explode, required: place === 'path', ...more }],
});

const parameters = [
  ['path', 'simple', false, text],
  ['path', 'simple', true, color],
  ['path', 'label', true, list],
  ['path', 'matrix', true, list],
  ['path', 'matrix', false, color],
  ['query', 'form', true, list],
  ['query', 'form', false, list],
  ['query', 'form', true, color],
  ['query', 'pipeDelimited', false, list],
  ['query', 'deepObject', true, color],
  ['query', 'form', true, text, { allowReserved: true }],
  ['query', 'form', true, color, { content: 'application/json' }],
  ['query', 'form', true, {}, { name: 'page[x]' }],
  ['header', 'simple', false, list],
  ['header', 'simple', true, color],
  ['cookie', 'form', false, text],
] as const;

const byParameter = parameters.map(([place, style, explode, schema, more = {}], index) =>
  operation({
    name: `parameter_${index}`,
    properties: { x: schema },
    call: { ...at(place, style, explode, more), path: place === 'path' ? '/pets/{x}/`${process.exit(1)}' : '/pets' },
  }),
);

const bodies = [
  ['json', 'application/json', color, {}],
  ['text', 'text/plain', text, {}],
  ['xml', 'application/xml', color, {}],
  ['form', 'application/x-www-form-urlencoded', { type: 'object', properties: { a: list, b: color } }, {}],
  [
    'multipart',
    'multipart/form-data',
    { type: 'object', properties: { file: text, meta: color }, required: ['file', 'meta'] },
    { file: { binary: true }, meta: { contentType: 'application/json' } },
  ],
  ['binary', 'application/octet-stream', text, {}],
] as const;

const byBody = bodies.map(([as, type, schema, encoding]) =>
  operation({
    name: `body_${as}`,
    properties: { body: schema },
    call: { body: { argument: 'body', required: true, type, as, encoding } },
  }),
);

/** Parts by their place, of each kind and one of them nested. */
const byPosition = operation({
  name: 'body_parts',
  properties: {
    body: { type: 'array', prefixItems: [color, { type: 'array', items: text }], items: text, minItems: 3 },
  },
  call: {
    body: {
      argument: 'body',
      required: true,
      type: 'multipart/mixed',
      as: 'multipart',
      positions: {
        prefix: [{}, { contentType: 'multipart/mixed', parts: { prefix: [{ contentType: 'text/css' }], items: {} } }],
        items: { contentType: 'image/png', binary: true, headers: { 'X-Part': 'a' } },
      },
    },
  },
});

/** Called with the alternative, as its schema allows no other. */
const byChoice = operation({
  name: 'body_chosen',
  properties: { body: text, body_type: { type: 'string', enum: ['text/plain'] } },
  call: {
    body: {
      argument: 'body',
      required: true,
      type: 'application/json',
      as: 'json',
      choice: { argument: 'body_type', alternatives: [{ type: 'text/plain', as: 'text' }] },
    },
  },
});

const schemes = {
  key: { type: 'apiKey', in: 'header', name: 'X-Key', variable: 'PETS_KEY' },
  query: { type: 'apiKey', in: 'query', name: 'api key', variable: 'PETS_QUERY' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'session', variable: 'PETS_COOKIE' },
  user: { type: 'basic', username: 'PETS_USER', password: 'PETS_PASSWORD' },
  token: { type: 'http', scheme: 'bearer', variable: 'PETS_TOKEN' },
};
const bySecurity = [['key'], ['query'], ['cookie'], ['user'], ['token'], ['key', 'query']].map((names) =>
  operation({
    name: `security_${names.join('_')}`,
    properties: {},
    call: { security: [Object.fromEntries(names.map((name) => [name, []]))] },
  }),
);

/** Names that its code or TypeScript use otherwise, and schemas that come back to themselves. */
const odd = operation({
  name: 'odd',
  properties: { api: text, context: text, callApi: text, 'x-y': text, body: { $ref: '#/$defs/Error' } },
  call: {
    body: { argument: 'body', required: true, type: 'application/json', as: 'json' },
    parameters: ['api', 'context', 'callApi', 'x-y'].map((name) => ({
      argument: name,
      name,
      in: 'query',
      style: 'form',
      explode: true,
    })),
    pagination: { kind: 'cursor', argument: 'api', at: ['next'] },
  },
  output: {
    type: 'object',
    properties: { status: { type: 'integer' }, data: { $ref: '#/$defs/Error' }, unexpected: {} },
    required: ['status'],
  },
});

const schemas = {
  Color: { type: 'object', properties: { R: { type: 'integer' }, G: { type: 'integer' } }, required: ['R'] },
  Error: {
    type: 'object',
    properties: { cause: { $ref: '#/$defs/Error' }, tree: { $ref: '#/$defs/Tree' }, color },
  },
  Tree: { anyOf: [text, { type: 'object', additionalProperties: { $ref: '#/$defs/Tree' } }] },
};

function blueprintOf(operations: readonly object[]): Blueprint {
  const variables = ['PETS_KEY', 'PETS_QUERY', 'PETS_COOKIE', 'PETS_USER', 'PETS_PASSWORD', 'PETS_TOKEN'];
  const blueprint = blueprintSchema.parse({
    format: 1,
    name: 'pets',
    version: '1.0.0',
    title: 'Pets',
    description: 'Pets.',
    language: 'typescript',
    tools: operations,
    api: {
      title: 'Pets',
      version: '1',
      servers: [{ url: 'https://pets.example', variable: 'PETS_URL' }],
      security: schemes,
      schemas,
    },
    environment: variables.map((name) => ({ name, secret: true, description: 'A credential.' })),
    grants: { hosts: [{ host: 'pets.example' }] },
    provenance: { source: 'openapi', digest: '0' },
  });
  return { ...blueprint, tools: blueprint.tools.map((tool) => ejectTool(tool, blueprint.api!)) };
}

const filesOf = (blueprint: Blueprint): ProjectFiles =>
  generate({ blueprint, recipes: new Map(), readModule, crafterVersion: '0.1.0' });

describe('ejecting', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'eject-'));
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

  const output = async (program: string, args: readonly string[], cwd: string): Promise<string> =>
    run(program, args, { cwd }).then(
      ({ stdout }) => stdout,
      ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
    );

  it(
    '[OPENAPI-SERVER-8] makes code that sends every kind of request as before, strictly typed',
    { timeout: 60_000 },
    async () => {
      const operations = [...byParameter, ...byBody, byChoice, byPosition, ...bySecurity, odd];
      const blueprint = blueprintOf(operations);
      const project = await laid('all', filesOf(blueprint));
      for (const { implementation } of blueprint.tools)
        expect(parseCode(implementation.kind === 'code' ? implementation.code : '')).toEqual([]);
      const [tested, typed, linted] = await Promise.all([
        output(process.execPath, ['--test', '--test-reporter=spec', 'tests/api.test.ts'], project),
        output(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], project),
        output(join(root, 'node_modules/.bin/oxlint'), ['--deny-warnings', 'src', 'tests'], project),
      ]);
      expect(typed).toBe('');
      expect(linted).toContain('Found 0 warnings and 0 errors');
      expect(tested).toContain(`ℹ pass ${operations.length}\n`);
      expect(tested).toContain('ℹ fail 0\n');
    },
  );

  it('[OPENAPI-SERVER-8] names the types that schemas share', () => {
    const file = filesOf(blueprintOf([odd])).get('src/tools/odd.ts')!.text;
    expect(file).toContain('  body: ErrorValue;');
    expect(file).toContain('interface ErrorValue {\n  cause?: ErrorValue;\n  tree?: Tree;\n  color?: Color;\n}');
    expect(file).toContain('type Tree = string | { [name: string]: Tree };');
    expect(file).toContain('interface Color {\n  R: number;\n  G?: number;\n}');
    expect(file.match(/interface Color /g)).toHaveLength(1);
    expect(file).toContain('async function run(args: OddInput, context: ToolContext & FetchContext & SecretContext)');
  });

  it('[OPENAPI-SERVER-8] sends no default that was not given, and takes what fits two alternatives', async () => {
    const paged = {
      page: { type: 'integer', default: 1 },
      either: { oneOf: [text, { type: 'string', default: 'a' }] },
    };
    const blueprint = blueprintOf([operation({ name: 'paged', properties: paged, call: {} })]);
    const [{ name, input }] = blueprint.tools as [Blueprint['tools'][number]];
    expect(input['properties']).toEqual(paged);
    const definition = { name, title: name, description: name, inputSchema: input as ObjectSchema, annotations };
    const plain = defineTool({
      ...definition,
      inputSchema: { ...definition.inputSchema, required: [] },
      run: (args) => args,
    });
    const tool = operationTool(openCalls(apiFileOf(blueprint)!, 1000), plain);
    const limits = { maxSeconds: 5, maxInputBytes: 1000, maxResultCharacters: 1000 };
    const origin = { cancelled: [], notifyProgress: () => undefined };
    const answer = await callTool(tool, { either: 'a' }, origin, limits, (context) => context);
    expect(answer).toMatchObject({ content: [{ text: '{"either":"a"}' }] });
  });

  it('[OPENAPI-SERVER-8] says what is no operation', () => {
    const blueprint = blueprintOf([odd]);
    expect(() => ejectTool(blueprint.tools[0]!, blueprint.api!)).toThrow('no operation of an API');
  });
});
