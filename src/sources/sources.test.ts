import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CrafterError } from '../errors.ts';
import { request as requestSchema } from '../spec/index.ts';
import { readRequest } from './index.ts';

const tool = (more: object = {}): object => ({
  name: 'get_weather',
  description: 'Get current weather',
  parameters: { city: { type: 'string' } },
  implementation: 'return { city: args.city };',
  ...more,
});
const form = (more: object = {}): string =>
  JSON.stringify({ server_name: 'weather-api', description: 'Weather', custom_tools: [tool()], ...more });

function refusal(text: string, options = {}): CrafterError {
  try {
    readRequest(text, options);
  } catch (error) {
    expect(error).toBeInstanceOf(CrafterError);
    return error as CrafterError;
  }
  throw new Error('was accepted');
}

const seedCall = JSON.stringify({
  tool: 'create_mcp_server',
  arguments: {
    server_name: 'weather-api',
    description: 'Weather API MCP server',
    complexity: 'advanced',
    capabilities: ['tools', 'monitoring', 'caching'],
    custom_tools: [
      tool({
        parameters: {
          city: { type: 'string', description: 'City name' },
          units: { type: 'string', enum: ['metric', 'imperial'], default: 'metric' },
        },
      }),
    ],
    dependencies: ['httpx', 'redis'],
    environment_vars: { WEATHER_API_KEY: 'your-api-key', REDIS_URL: 'redis://localhost:6379/0' },
    deployment_config: { docker: true, compose: true, kubernetes: false },
  },
});

describe('recognition', () => {
  it('[SOURCES-1] knows forms, contexts, prompts, plans and API documents apart', () => {
    expect(readRequest(form()).request.kind).toBe('form');
    expect(readRequest('{"requirements":["Read CSV"]}').request.kind).toBe('context');
    expect(readRequest('Read a CSV file').request.kind).toBe('prompt');
    expect(refusal('openapi: 3.1.0\ninfo: {}').problems[0]?.field).toBe('paths');
    expect(refusal('{"openapi":"3.1.0"}').problems[0]?.field).toBe('paths');
    expect(refusal('{"request":{},"plan":{}}').hint).toMatch(/execute/);
    expect(refusal('{"reqirements":[]}').hint).toMatch(/`requirements`/);
    expect(refusal('[1]').code).toBe('UNKNOWN_KIND');
  });

  it('[SOURCES-1] obeys a kind that is given', () => {
    expect(readRequest('{ not json', { kind: 'prompt' }).request.kind).toBe('prompt');
    expect(refusal('{"a":1}', { kind: 'fform' }).hint).toMatch(/`form`/);
    expect(refusal('Read a CSV', { kind: 'form' }).code).toBe('INVALID_INPUT');
  });

  it('[SOURCES-4] refuses broken, deep and poisoned JSON by place', () => {
    expect(refusal('{\n "a": 1,\n}').problems[0]?.field).toBe('line 3, column 1');
    expect(refusal(`{"requirements":${'['.repeat(200)}${']'.repeat(200)}}`).message).toMatch(/100 levels/);
    expect(refusal('{"requirements":["x"],"metadata":{"__proto__":{"a":1}}}').problems[0]?.field).toBe(
      'metadata.__proto__',
    );
    expect(refusal('   ').message).toMatch(/empty/);
  });

  it('[SOURCES-8] refuses what is too large, with size and limit', () => {
    const error = refusal('x'.repeat(50 * 1024 * 1024));
    expect(error.code).toBe('INPUT_TOO_LARGE');
    expect(error.message).toMatch(/50\.0 MB.*5 MB/);
    const many = refusal(form({ custom_tools: Array.from({ length: 300 }, (_, at) => tool({ name: `tool_${at}` })) }));
    expect(many.problems[0]).toMatchObject({ field: 'custom_tools', value: '300 tools' });
    expect(many.hint).toMatch(/2 servers/);
  });
});

describe('form', () => {
  it('[SOURCES-2] [SOURCES-11] reads the documents’ example call and names what is not done', () => {
    const { request } = readRequest(seedCall);
    expect(request.name).toBe('weather-api');
    expect(request.declared.complexity).toBe('complex');
    expect(request.dependencies).toEqual([]);
    const notes = request.notes.join('\n');
    for (const word of ['httpx', 'redis', 'monitoring', 'caching', 'docker', 'compose']) expect(notes).toContain(word);
    expect(notes).not.toContain('kubernetes');
    expect(requestSchema.parse(request)).toEqual(request);
  });

  it('[SOURCES-9] makes parameters without default required, unless they say otherwise', () => {
    const parameters = {
      city: { type: 'string' },
      units: { type: 'string', default: 'metric' },
      days: { type: 'integer', required: false },
      note: 'string?',
      limit: 'int',
    };
    const input = readRequest(form({ custom_tools: [tool({ parameters })] })).request.tools[0]?.input;
    expect(input).toMatchObject({
      type: 'object',
      required: ['city', 'limit'],
      properties: { limit: { type: 'integer', description: 'Limit.' } },
    });
  });

  it('[SOURCES-9] takes a whole JSON Schema, and a parameter named type', () => {
    const whole = { type: 'object', properties: { a: { type: 'number' } }, required: [] };
    expect(readRequest(form({ custom_tools: [tool({ parameters: whole })] })).request.tools[0]?.input).toMatchObject({
      required: [],
    });
    const named = { type: { type: 'string' } };
    expect(readRequest(form({ custom_tools: [tool({ parameters: named })] })).request.tools[0]?.input).toMatchObject({
      required: ['type'],
    });
  });

  it('[SOURCES-5] names an unknown field with the nearest known', () => {
    const error = refusal(form({ custom_tool: [] }));
    expect(error.problems).toContainEqual(
      expect.objectContaining({ field: 'custom_tool', remedy: expect.stringContaining('`custom_tools`') }),
    );
    expect(refusal(form({ capabilities: ['monitorng'] })).hint).toMatch(/`monitoring`/);
    expect(refusal(form({ complexity: 'advancd' })).hint).toMatch(/`advanced`/);
  });

  it('[SOURCES-6] refuses names that clash, are too long or not ASCII', () => {
    const clash = refusal(form({ custom_tools: [tool({ name: 'get-weather' }), tool()] }));
    expect(clash.problems[0]?.message).toMatch(/get-weather and get_weather/);
    expect(refusal(form({ custom_tools: [tool({ name: 'a'.repeat(65) })] })).message).toMatch(/65 characters/);
    expect(refusal(form({ custom_tools: [tool({ name: 'wetter_für_köln' })] })).message).toMatch(/ASCII/);
    expect(refusal(form({ custom_tools: [tool({ name: '../x' })] })).message).toMatch(/path/);
  });

  it('[SOURCES-7] refuses schemas that clients could not use', () => {
    const bad = (parameters: object): CrafterError => refusal(form({ custom_tools: [tool({ parameters })] }));
    expect(bad({ a: { type: 'sting' } }).hint).toMatch(/`string`/);
    expect(
      bad({ type: 'object', properties: { a: { $ref: '#/properties/b' }, b: { $ref: '#/properties/a' } } }).message,
    ).toMatch(/circular/);
    expect(bad({ type: 'object', properties: { a: { $ref: '#' } } }).message).toMatch(/circular/);
    expect(bad({ type: 'object', properties: { a: { $ref: 'https://x.example/y' } } }).message).toMatch(
      /out of the schema/,
    );
    expect(bad({ a: { type: 'string', pattern: '(?i)x' } }).message).toMatch(/not a valid JSON Schema/);
    expect(bad({ type: 'array', items: {} }).problems[0]?.field).toBe('custom_tools[0].parameters.type');
  });

  it('[SOURCES-10] keeps the values of secrets out of the Request', () => {
    const environment_vars = {
      API_KEY: 'k-123',
      DB_URL: 'postgres://u:hunter2@db/x',
      MONKEY: 'banana',
      CUSTOM: { value: 'v-9', secret: true },
      GITHUB_TOKEN: '',
    };
    const { request, secrets } = readRequest(form({ environment_vars }));
    expect(secrets).toEqual({ API_KEY: 'k-123', DB_URL: 'postgres://u:hunter2@db/x', CUSTOM: 'v-9' });
    expect(JSON.stringify(request)).not.toMatch(/k-123|hunter2|v-9/);
    expect(request.environment.find(({ name }) => name === 'MONKEY')).toMatchObject({ secret: false, value: 'banana' });
    expect(request.environment.find(({ name }) => name === 'GITHUB_TOKEN')).toMatchObject({ secret: true });
    expect(refusal(form({ environment_vars: { NODE_OPTIONS: '--require x' } })).message).toMatch(/reserved/);
  });

  it('[SOURCES-11] refuses what would change what is built', () => {
    expect(refusal(form({ language: 'python' })).code).toBe('NOT_SUPPORTED');
    expect(refusal(form({ language: 'typscript' })).hint).toMatch(/`typescript`/);
    expect(refusal(form({ deployment_config: { target: 'lambda' } })).message).toMatch(/target/);
    expect(refusal(form({ dependencies: ['https://evil.example/x.tgz'] })).message).toMatch(/npm package/);
    expect(readRequest(form({ dependencies: ['luxon@3.7.2', '@scope/x'] })).request.dependencies).toEqual([
      { name: 'luxon', version: '3.7.2' },
      { name: '@scope/x' },
    ]);
  });

  it('[SOURCES-12] reads annotations from the code before the name', () => {
    const of = (name: string, implementation: string): unknown =>
      readRequest(form({ custom_tools: [tool({ name, implementation })] })).request.tools[0]?.annotations;
    expect(of('get_weather', 'return 1;')).toMatchObject({ readOnlyHint: true, openWorldHint: false });
    expect(of('get_weather', "await context.folders.writeText('a', 'b'); return 1;")).toMatchObject({
      readOnlyHint: false,
    });
    expect(of('get_rate', "const r = await context.fetch('https://x.example'); return r.json();")).toMatchObject({
      readOnlyHint: true,
      openWorldHint: true,
    });
    expect(of('get_rate', "await context.fetch('https://x.example', { method: 'POST' });")).toMatchObject({
      readOnlyHint: false,
    });
    expect(of('delete_user', "await context.fetch('https://x.example', { method: 'DELETE' });")).toMatchObject({
      destructiveHint: true,
    });
  });

  it('[SOURCES-14] refuses server names with paths and tidies the rest', () => {
    expect(refusal(form({ server_name: '../../etc' })).problems[0]).toMatchObject({
      field: 'server_name',
      value: '../../etc',
    });
    expect(readRequest(form({ server_name: 'Weather API' })).request.name).toBe('weather-api');
    expect(readRequest(form(), { name: 'other' }).request.name).toBe('other');
  });

  it('[SOURCES-15] shows where code does not parse, and how to write Python’s in TypeScript', () => {
    const parseCode = (code: string) =>
      code.includes("f'")
        ? [{ severity: 'error' as const, file: '', line: 1, rule: 'syntax', message: 'Expected ;' }]
        : [];
    const error = refusal(form({ custom_tools: [tool({ implementation: "return f'Weather for {city}'" })] }), {
      parseCode,
    });
    expect(error.problems[0]).toMatchObject({
      field: 'custom_tools[0].implementation',
      value: "return f'Weather for {city}'",
    });
    expect(error.hint).toMatch(/Python/);
  });

  it('[SOURCES-10] does not repeat what stands where a secret belongs', () => {
    const { message, problems } = refusal(form({ environment_vars: { API_KEY: ['decoy-value'], COUNT: ['seen'] } }));
    expect(`${message} ${JSON.stringify(problems)}`).not.toContain('decoy-value');
    expect(problems.map(({ field }) => field.split('.')[1])).toEqual(expect.arrayContaining(['API_KEY', 'COUNT']));
  });

  it('grants folders and hosts, absolute and whole only', () => {
    const { grants } = readRequest(
      form({ folders: ['/data/in', '/data/out:rw'], hosts: ['api.example.com', 'http://localhost:8080/x'] }),
    ).request;
    expect(grants.folders).toEqual([
      { path: '/data/in', access: 'read' },
      { path: '/data/out', access: 'write' },
    ]);
    expect(grants.hosts).toEqual([
      { host: 'api.example.com', port: 443, private: false },
      { host: 'localhost', port: 8080, private: true },
    ]);
    expect(refusal(form({ folders: ['data/../x'] })).problems[0]?.field).toBe('folders[0]');
  });

  it('[SOURCES-16] opens private addresses only to hosts that are private as they are written', () => {
    const own =
      'localhost 127.0.0.1 10.1.2.3 172.20.0.1 192.168.1.1 100.64.0.1 [::1] [fd00::1] nas printer.local db.internal a.localhost';
    const others =
      'api.example.com 8.8.8.8 [2606:4700::1] 127.0.0.1.nip.example 10.example.com localhost.example.com localhost-x.example.com *.example.com local.example 127.1';
    const opened = (hosts: string) =>
      readRequest(form({ hosts: hosts.split(' ') })).request.grants.hosts.map((host) => host.private);
    expect(opened(own)).not.toContain(false);
    expect(opened(others)).not.toContain(true);
  });
});

describe('context and prompt', () => {
  it('[SOURCES-3] reads a context as the documents write it', () => {
    const text = readFileSync(new URL('../../examples/customer-data.context.json', import.meta.url), 'utf8');
    const { request } = readRequest(text);
    expect(request).toMatchObject({
      kind: 'context',
      taskId: 'dp_001',
      declared: { taskType: 'data_processing', complexity: 'moderate' },
    });
    expect(request.requirements).toHaveLength(4);
    expect(refusal('{"requirements":["x"],"taskType":"data_procesing"}').hint).toMatch(/`data_processing`/);
    expect(refusal('{"requirements":["x"],"taskId":"../x"}').problems[0]?.field).toBe('taskId');
    expect(refusal('{"requirements":[]}').problems[0]?.field).toBe('requirements');
  });

  it.each([
    'asyncapi: 2.6.0\ninfo:\n  title: Lights\nchannels:\n  lights: {}',
    'services:\n  # the web\n\n  web:\n    image: nginx\n',
    '---\n"name": x\njobs:\r\n  build:\r\n    steps:\r\n      - run: x',
  ])('[SOURCES-1] a YAML document of another kind is not taken for words', (text) => {
    expect(refusal(text).problems[0]?.message).toMatch(/no `openapi` or `swagger`/);
    expect(readRequest(text, { kind: 'prompt' }).request.kind).toBe('prompt');
  });

  it.each([
    'Goal: clean customers\nInput: CSV files\nOutput: JSON',
    'Steps:\n  - read the CSV file\n  - export it as JSON',
    'Steps:\n  first: read CSV files\nand then export them as JSON',
    'Read:\n  the CSV files: all of them',
  ])('[SOURCES-1] words with headings are words: %j', (text) => {
    expect(readRequest(text).request.kind).toBe('prompt');
  });

  it('[SOURCES-13] splits a prompt', () => {
    const { request } = readRequest(
      'Read data.csv v1.2 first. Validate emails, then export as JSON\n- drop blanks\nFiles up to 10MB. Must finish in under 30 seconds. Retry failed requests up to 3 times\nOutput: a clean JSON file',
    );
    expect(request.requirements).toEqual([
      'Read data.csv v1.2 first.',
      'Validate emails',
      'export as JSON',
      'drop blanks',
    ]);
    expect(request.constraints).toHaveLength(3);
    expect(request.expectedOutputs).toEqual(['Output: a clean JSON file']);
  });
});
