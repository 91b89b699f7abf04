import { describe, expect, it } from 'vitest';
import { readRequest } from '../../index.ts';
import { looksLikeApi } from './index.ts';
import { api, at, read, refusal, told } from './testing.ts';

const paths = { '/a': { get: { responses: {} } } };

describe('recognition', () => {
  it.each([
    ['JSON 2.0', '{"swagger":"2.0","info":{}}'],
    ['JSON 3.0 with the word last', '{"info":{"title":"x \\"openapi\\": 1"},"paths":{},"openapi":"3.0.4"}'],
    ['JSON with a number', '{ "openapi": 3.1 }'],
    ['YAML 3.1', 'openapi: 3.1.1\ninfo: {}'],
    ['YAML 3.2 in quotes', '"openapi": "3.2.0"'],
    ['YAML after comments and a marker', '# The API\n\n%YAML 1.2\n---\nopenapi: 3.0.0'],
    [
      'YAML with the word after others',
      'info:\n  title: A\n  description: |\n    Some\n\n    text\ntags:\n- name: a\nswagger: "2.0"',
    ],
    ['an unknown version', 'openapi: 4.0.0'],
    ['Swagger 1.2', '{"swaggerVersion":"1.2"}'],
  ])('[OPENAPI-READ-1] knows %s', (_name, text) => {
    expect(looksLikeApi(text)).toBe(true);
  });

  it.each([
    ['a wish that mentions it', 'Make a client from the openapi: 3.0 document of the pet store'],
    ['a wish of several lines', 'Build a server.\nopenapi: 3.1 is what the API has'],
    ['a form', '{"server_name":"a","description":"reads openapi: 3","custom_tools":[]}'],
    ['a form with the word inside', '{"server_name":"a","options":{"openapi":"3.1.0"}}'],
    ['plain words', 'openapi'],
    ['nothing', ''],
  ])('[OPENAPI-READ-1] does not take %s for one', (_name, text) => {
    expect(looksLikeApi(text)).toBe(false);
  });
});

describe('YAML', () => {
  it('[OPENAPI-READ-2] keeps what only looks like another type as text', () => {
    const document = read(
      'openapi: 3.0\ninfo: {title: no, version: 2024-01-02, on: off}\npaths:\n  /a:\n    get:\n      responses: {200: {description: yes}, 4XX: {}}\n      x-b: [0o17, 1_000, 12:30:45, ~, TRUE]',
    );
    expect(document.version).toBe('3.0');
    expect(at(document, '/info')).toEqual({ title: 'no', version: '2024-01-02', on: 'off' });
    expect(at(document, '/paths/~1a/get/responses')).toEqual({ '200': { description: 'yes' }, '4XX': {} });
    expect(at(document, '/paths/~1a/get/x-b')).toEqual([15, '1_000', '12:30:45', null, true]);
  });

  it('[OPENAPI-READ-2] reads aliases, merge keys and unknown tags', () => {
    const document = read(
      'openapi: 3.1.0\nx-base: &base {description: a, deprecated: true}\npaths:\n  /a:\n    get: {<<: *base, description: b, x-t: !!binary aGk=, x-u: !own {c: 1}}\n    put: *base',
    );
    expect(at(document, '/paths/~1a/get')).toEqual({
      description: 'b',
      deprecated: true,
      'x-t': 'aGk=',
      'x-u': { c: 1 },
    });
    expect(at(document, '/paths/~1a/put')).toEqual({ description: 'a', deprecated: true });
    expect(document.remarks).toEqual([]);
  });

  it('[OPENAPI-READ-5] reads quoted texts and collections in brackets that go on too far left, and says where', () => {
    const text = [
      'openapi: 3.0.0',
      'info:',
      '  title: "Two',
      '  lines"',
      '  x-ports: {',
      '    "80": 1',
      '  }',
      'paths: {}',
    ].join('\n');
    const document = read(text);
    expect(at(document, '/info')).toEqual({ title: 'Two lines', 'x-ports': { 80: 1 } });
    expect(told(document)).toContain('line 4, 7');
    expect(refusal(() => read('openapi: 3.0.0\ninfo: {\n'))).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('[OPENAPI-READ-5] mends keys that stand twice, circles of aliases and further documents', () => {
    const document = read(
      'openapi: 3.1.0\npaths:\n  /a: &a\n    get: {summary: one, summary: two}\n    x-self: *a\n---\nother: 1',
    );
    expect(at(document, '/paths/~1a')).toEqual({ get: { summary: 'two' }, 'x-self': { $ref: '#/paths/~1a' } });
    expect(told(document)).toMatch(/2 YAML documents/);
    expect(told(document)).toMatch(/#\/paths\/~1a\/get\/summary The key stands twice/);
    expect(told(document)).toMatch(/alias stands inside/);
  });
});

describe('JSON', () => {
  it('[OPENAPI-READ-5] takes keys that stand twice, comments and trailing commas, and says so', () => {
    const twice = read('{"openapi":"3.1.0",\n"paths":{"/a":{"get":{}},\n"/a":{"put":{}}}}');
    expect(at(twice, '/paths/~1a')).toEqual({ put: {} });
    expect(told(twice)).toMatch(/Line 3: the key \/a stands twice/);
    const loose = read('{openapi: "3.1.0", # here\n"paths":{"/a":{"get":{},},},}');
    expect(at(loose, '/paths')).toEqual({ '/a': { get: {} } });
    expect(told(loose)).toMatch(/Not JSON/);
  });
});

it('[OPENAPI-READ-5] of YAML in flow style is nothing to mend', () => {
  const { remarks } = read('{openapi: 3.1.0, info: {title: T}, paths: {/a: {get: {responses: {}}}}}');
  expect(remarks.map(({ action }) => action)).toEqual(['noticed']);
});

describe('bad input', () => {
  it.each([
    ['JSON', '{"openapi":"3.1.0",\n  "paths": {"a" 1}}', 'line 2, column 17'],
    ['YAML', 'openapi: 3.1.0\npaths:\n  /a: {get: {}\n  /b: [', 'line 4, column 3'],
  ])('[OPENAPI-READ-3] says where %s is broken', (_name, text, place) => {
    expect(refusal(() => read(text)).problems[0]).toMatchObject({ field: place });
  });

  it('[OPENAPI-READ-4] refuses 60 MB', () => {
    const text = `openapi: 3.1.0\n#${' '.repeat(60 * 1024 * 1024)}`;
    const error = refusal(() => readRequest(text));
    expect(error).toMatchObject({ code: 'INPUT_TOO_LARGE', message: expect.stringContaining('60.0 MB') });
  });

  it.each([
    ['JSON', `{"openapi":"3.1.0","paths":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`],
    ['YAML in flow style', `openapi: 3.1.0\npaths: ${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    [
      'YAML in block style',
      `openapi: 3.1.0\n${Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')}`,
    ],
    [
      'aliases',
      `openapi: 3.1.0\na0: &a0 {a: 1}\n${Array.from({ length: 250 }, (_, step) => `a${step + 1}: &a${step + 1} {a: *a${step}}`).join('\n')}`,
    ],
  ])('[OPENAPI-READ-4] refuses nesting without end in %s', (_name, text) => {
    expect(refusal(() => read(text))).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/deep|maxDepth/),
    });
  });

  it('[OPENAPI-READ-4] refuses a bomb of aliases and one of merges', () => {
    const rows = Array.from({ length: 30 }, (_, step) => `a${step + 1}: &a${step + 1} [${`*a${step},`.repeat(10)}]`);
    expect(refusal(() => read(`openapi: 3.1.0\na0: &a0 [x]\n${rows.join('\n')}`)).message).toMatch(/aliases/);
    const keys = Array.from({ length: 300 }, (_, key) => `k${key}: 1`).join(', ');
    const merges = Array.from({ length: 3000 }, (_, key) => `m${key}: {<<: *a}`).join('\n');
    expect(refusal(() => read(`openapi: 3.1.0\na: &a {${keys}}\n${merges}`)).code).toBe('INVALID_INPUT');
  });

  it.each([
    ['JSON', '{"openapi":"3.1.0","paths":{"/a":{"get":{"__proto__":{"polluted":true}}}}}'],
    ['YAML', 'openapi: 3.1.0\npaths: {/a: {get: {__proto__: {polluted: true}}}}'],
  ])('[OPENAPI-READ-4] drops a `__proto__` key in %s', (_name, text) => {
    const document = read(text);
    expect(at(document, '/paths/~1a/get')).toEqual({});
    expect(Object.hasOwn(at(document, '/paths/~1a/get') as object, '__proto__')).toBe(false);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(told(document)).toMatch(/__proto__/);
  });

  it.each([
    ['version 4', { ...api(paths), openapi: '4.0.0' }, 'NOT_SUPPORTED', /2\.0, 3\.0, 3\.1 and 3\.2/],
    ['version 1.2', { swaggerVersion: '1.2', apis: [] }, 'NOT_SUPPORTED', /2\.0, 3\.0/],
    ['no version', { paths }, 'INVALID_INPUT', /begins with/],
    ['a list', [1], 'INVALID_INPUT', /OpenAPI document/],
    ['webhooks alone', { openapi: '3.1.0', webhooks: { a: { post: {} } } }, 'INVALID_INPUT', /paths of the API/],
  ])('[OPENAPI-READ-6] refuses %s', (_name, document, code, hint) => {
    expect(refusal(() => read(document))).toMatchObject({ code, hint: expect.stringMatching(hint) });
  });

  it('[OPENAPI-READ-6] reads patch releases, numbers for versions, and documents without info', () => {
    for (const [openapi, version] of [
      ['3.0.4', '3.0'],
      ['3.1.2', '3.1'],
      [3.1, '3.1'],
      [3, '3.0'],
      ['3.2.0', '3.2'],
      ['3.1.0-rc1', '3.1'],
      ['3.0.5-S)', '3.0'],
    ])
      expect(read({ openapi, paths }).version).toBe(version);
  });

  it('[OPENAPI-READ-13] refuses options of an API beside anything else, by name', () => {
    const error = refusal(() =>
      readRequest('Read a CSV file', { api: { strict: true, baseUrl: 'https://a.example', location: '/a' } }),
    );
    expect(error.problems.map(({ field }) => field)).toEqual(['strict', 'base_url']);
  });
});
