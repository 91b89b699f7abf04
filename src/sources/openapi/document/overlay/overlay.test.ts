import { describe, expect, it } from 'vitest';
import type { ApiDocument } from '../index.ts';
import { api, at, read, refusal, told } from '../testing.ts';

const overlay = (...actions: object[]): string =>
  JSON.stringify({ overlay: '1.0.0', info: { title: 'O', version: '1' }, actions });

const document = api(
  {
    '/pets': {
      get: {
        operationId: 'listPets',
        tags: ['pets'],
        parameters: [
          { name: 'limit', in: 'query' },
          { name: 'old', in: 'query', deprecated: true },
        ],
        responses: {},
      },
      post: { operationId: 'addPet', 'x-internal': true, responses: {} },
    },
    '/admin': { delete: { operationId: 'wipe', responses: {} } },
  },
  { tags: [{ name: 'pets' }] },
);
const applied = (...actions: object[]): ApiDocument => read(document, { overlays: [overlay(...actions)] });

describe('Overlay 1.0.0', () => {
  it('[OPENAPI-READ-9] merges objects by name and adds to lists (4.4.3)', () => {
    const result = applied(
      { target: '$.info', update: { title: 'New', contact: { name: 'A' } } },
      { target: "$.paths['/pets'].get", update: { tags: ['more'], summary: 'All' } },
      { target: '$.tags', update: { name: 'more' } },
      { target: '$.paths.*.get.parameters', update: { name: 'page', in: 'query' } },
    );
    expect(at(result, '/info')).toEqual({ title: 'New', version: '1', contact: { name: 'A' } });
    expect(at(result, '/paths/~1pets/get')).toMatchObject({
      summary: 'All',
      tags: ['pets', 'more'],
      operationId: 'listPets',
    });
    expect(at(result, '/tags')).toEqual([{ name: 'pets' }, { name: 'more' }]);
    expect(at(result, '/paths/~1pets/get/parameters/2')).toEqual({ name: 'page', in: 'query' });
  });

  it('[OPENAPI-READ-9] removes what is selected, before it would update, each once (4.4.3)', () => {
    const result = applied(
      { target: "$.paths['/pets'][?@['x-internal'] == true]", remove: true, update: { summary: 'never' } },
      { target: '$..parameters[?@.deprecated == true]', remove: true },
      { target: "$.paths['/admin']", remove: true },
    );
    expect(at(result, '/paths')).toEqual({
      '/pets': {
        get: { operationId: 'listPets', tags: ['pets'], parameters: [{ name: 'limit', in: 'query' }], responses: {} },
      },
    });
    expect(
      at(applied({ target: '$.paths[*].get.parameters[1,0,0]', remove: true }), '/paths/~1pets/get/parameters'),
    ).toEqual([]);
  });

  it('[OPENAPI-READ-9] goes in order, over several overlays', () => {
    const result = read(document, {
      overlays: [
        overlay({ target: '$.info', update: { title: 'One', 'x-a': 1 } }),
        overlay({ target: '$.info', update: { title: 'Two' } }),
      ],
    });
    expect(at(result, '/info')).toEqual({ title: 'Two', version: '1', 'x-a': 1 });
  });

  it('[OPENAPI-READ-9] tells of a target that selects nothing, and of `extends`', () => {
    const text = `overlay: 1.0.0\nextends: https://a.example/o.yaml\ninfo: {title: O, version: 1.0.0}\nactions: [{target: $.nothing, update: {}}]`;
    const words = told(read(document, { overlays: [text] }));
    expect(words).toMatch(/extends; it was applied/);
    expect(words).toMatch(/actions\[0\] selects nothing: \$\.nothing/);
  });

  it.each<[string, string, RegExp]>([
    ['no overlay', '{"info":{}}', /overlay/],
    ['a target that is no path', overlay({ target: 'paths.get' }), /not a JSONPath/],
    ['a target that visits everything over and over', overlay({ target: '$..*..*..*..*' }), /descents/],
    [
      'a pattern that runs for ever',
      overlay({ target: '$.paths[?search(@.get.operationId, "(a+)+$")]' }),
      /without end/,
    ],
  ])('[OPENAPI-READ-9] refuses %s', (_name, text, message) => {
    expect(refusal(() => read(document, { overlays: [text] }))).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(message),
    });
  });

  it('[OPENAPI-READ-4] does not pollute prototypes', () => {
    applied({
      target: '$.info',
      update: JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') as object,
    });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
