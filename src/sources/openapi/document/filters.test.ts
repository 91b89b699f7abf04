import { describe, expect, it } from 'vitest';
import { readRequest } from '../../index.ts';
import type { ApiOptions } from '../../../spec/index.ts';
import { operationsOf } from './operations.ts';
import { api, read, refusal, told } from './testing.ts';

const operation = (operationId: string, more: object = {}): object => ({ operationId, responses: {}, ...more });
const document = api(
  {
    '/pets': {
      get: operation('listPets', { tags: ['pets'] }),
      post: operation('createPet', { tags: ['pets', 'write'] }),
    },
    '/pets/{id}': { delete: operation('deletePet', { tags: ['pets', 'write'], deprecated: true }) },
    '/owners': { $ref: '#/components/pathItems/Owners' },
  },
  { components: { pathItems: { Owners: { get: operation('listOwners'), put: { responses: {} } } } } },
);
const kept = (options: ApiOptions, from = document): string[] =>
  operationsOf(read(from, options).root).map(({ key }) => key);
const everything = ['GET /pets', 'POST /pets', 'DELETE /pets/{id}', 'GET /owners', 'PUT /owners'];

describe('filters', () => {
  it.each<[ApiOptions, string[]]>([
    [{}, everything],
    [{ tags: ['pets'] }, everything.slice(0, 3)],
    [{ tags: ['PETS', '!write'] }, ['GET /pets']],
    [{ tags: ['!write'] }, ['GET /pets', 'GET /owners', 'PUT /owners']],
    [{ paths: ['/pets/*'] }, ['DELETE /pets/{id}']],
    [{ paths: ['/pets*'] }, everything.slice(0, 3)],
    [{ methods: ['get', 'PUT'] }, ['GET /pets', 'GET /owners', 'PUT /owners']],
    [{ operations: ['*Pet', 'put /owners'] }, ['POST /pets', 'DELETE /pets/{id}', 'PUT /owners']],
    [{ operations: ['list*'], tags: ['pets'] }, ['GET /pets']],
    [{ skipDeprecated: true }, everything.filter((key) => !key.startsWith('DELETE'))],
  ])('[OPENAPI-READ-10] %j', (options, keys) => {
    expect(kept(options)).toEqual(keys);
  });

  it('[OPENAPI-READ-10] keeps with readOnly what only reads', () => {
    const { tools } = readRequest(JSON.stringify({ ...document, servers: [{ url: 'https://a.example' }] }), {
      api: { readOnly: true },
    }).request;
    expect(tools.map(({ name }) => name)).toEqual(['list_pets', 'list_owners']);
  });

  it('[OPENAPI-READ-10] tells of a pattern that fits nothing, with the nearest word', () => {
    expect(told(read(document, { tags: ['pets', 'writ'] }))).toMatch(
      /No operation fits --tag writ\. Did you mean write\?/,
    );
    const error = refusal(() => read(document, { operations: ['listPet'] }));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', hint: expect.stringMatching(/listPets/) });
  });

  it('[OPENAPI-READ-10] takes a pattern of many stars in no time', () => {
    expect(refusal(() => read(document, { paths: [`${'*a'.repeat(200)}*`] })).code).toBe('INVALID_INPUT');
  });
});

describe('extensions for MCP', () => {
  it.each<[string, object, object, object, boolean]>([
    ['nothing', {}, {}, {}, true],
    ['false at the operation', {}, {}, { 'x-mcp': false }, false],
    ['false at the path', {}, { 'x-mcp': false }, {}, false],
    ['false at the document', { 'x-mcp': false }, {}, {}, false],
    ['true at the operation, false above', { 'x-mcp': false }, { 'x-mcp': false }, { 'x-mcp': true }, true],
    ['an object that disables', {}, {}, { 'x-mcp': { disabled: true } }, false],
    ['an object that does not enable', {}, {}, { 'x-mcp': { enabled: false } }, false],
    ["Speakeasy's disabled", {}, {}, { 'x-speakeasy-mcp': { disabled: true } }, false],
    ["Speakeasy's words", {}, {}, { 'x-speakeasy-mcp': { name: 'a', scopes: ['read'] } }, true],
  ])('[OPENAPI-READ-10] %s', (_name, root, path, own, offered) => {
    const paths = { '/a': { get: operation('a', own), ...path }, '/b': { get: operation('b', { 'x-mcp': true }) } };
    expect(kept({}, api(paths, root))).toEqual(offered ? ['GET /a', 'GET /b'] : ['GET /b']);
  });
});

describe('overrides', () => {
  const text = JSON.stringify({ ...document, servers: [{ url: 'https://a.example' }] });
  const made = (overrides: string) => readRequest(text, { api: { overrides } }).request;

  it('[OPENAPI-READ-10] change name, words and annotations, hide and pin', () => {
    const request = made(
      'listPets: {name: pets_of_all, title: Pets, description: All pets., annotations: {openWorldHint: false}}\nDELETE /pets/{id}: {hidden: true}\nput /owners: {pin: true}',
    );
    expect(request.tools[0]).toMatchObject({
      name: 'pets_of_all',
      title: 'Pets',
      description: 'All pets.',
      annotations: { readOnlyHint: true, openWorldHint: false },
    });
    expect(request.tools).toHaveLength(4);
    expect(request.api?.pins).toEqual(['pinned']);
    expect(
      request.tools.filter(
        ({ implementation }) => implementation.kind === 'http' && implementation.tags.includes('pinned'),
      ),
    ).toHaveLength(1);
  });

  it('[OPENAPI-READ-10] stand before what the document says in an extension', () => {
    const said = JSON.stringify(
      api(
        { '/a': { get: operation('a', { 'x-speakeasy-mcp': { name: 'Get-All.things', description: 'Said.' } }) } },
        { servers: [{ url: 'https://a.example' }] },
      ),
    );
    expect(readRequest(said).request.tools[0]).toMatchObject({ name: 'get_all_things', description: 'Said.' });
    expect(readRequest(said, { api: { overrides: 'a: {name: mine}' } }).request.tools[0]).toMatchObject({
      name: 'mine',
      description: 'Said.',
    });
  });

  it('[OPENAPI-READ-10] give a title and description where the document has no words of its own', () => {
    const first = (operations: object) =>
      readRequest(JSON.stringify(api({ '/a': { get: operations } }, { servers: [{ url: 'https://a.example' }] })))
        .request.tools[0]!;
    const named = { 'x-mcp': { name: 'take_stock' } };
    const plain = first({ operationId: 'mcpnamed', responses: {}, ...named });
    expect(plain).toMatchObject({ title: 'Take stock', description: expect.stringMatching(/^Take stock\. /) });
    const worded = first({ operationId: 'mcpnamed', summary: 'Counts goods', responses: {}, ...named });
    expect(worded).toMatchObject({ title: 'Counts goods', description: expect.stringMatching(/^Counts goods\. /) });
  });

  it.each([
    ['an unknown operation', 'listPet: {hidden: true}', 'listPet', /`listPets`/],
    ['an unknown field', 'listPets: {tittle: A}', 'listPets.tittle', /`title`/],
    ['a name that is none', 'listPets: {name: List Pets}', 'listPets.name', /Correct/],
    ['one name for two', 'listPets: {name: a}\ncreatePet: {name: a}', 'a', /another name/],
  ])('[OPENAPI-READ-10] refuse %s', (_name, overrides, field, remedy) => {
    expect(refusal(() => made(overrides)).problems[0]).toMatchObject({ field, remedy: expect.stringMatching(remedy) });
  });
});
