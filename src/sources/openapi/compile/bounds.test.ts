import { expect, it } from 'vitest';
import type { JsonObject } from '../document/types.ts';
import { compiled, withBody, withOperation } from './testing.ts';

/** Schemas of which each is made of the next one twice. */
const doubled = (count: number, more: object): JsonObject => ({
  ...Object.fromEntries(
    Array.from({ length: count }, (_one, at) => {
      const next = { $ref: `#/components/schemas/D${at + 1}` };
      return [`D${at}`, { allOf: [next, next], properties: { [`p${at}`]: { type: 'string' } }, ...more }];
    }),
  ),
  [`D${count}`]: { type: 'object' },
});

it('[OPENAPI-COMPILE-3] compositions of compositions do not grow without end', () => {
  for (const more of [{}, { additionalProperties: false }, { required: ['p1'], readOnly: true }]) {
    const { request } = compiled(withBody({ $ref: '#/components/schemas/D0' }, doubled(60, more)));
    expect(JSON.stringify(request).length).toBeLessThan(3_000_000);
  }
});

it('[OPENAPI-COMPILE-12] answers of alternatives of alternatives neither', () => {
  const next = (at: number) => ({ $ref: `#/components/schemas/R${at + 1}` });
  const schemas = Object.fromEntries(
    Array.from({ length: 60 }, (_one, at) => [`R${at}`, { oneOf: [next(at), next(at), next(at)] }]),
  );
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/R0' } } };
  const { request } = compiled(
    withOperation(
      { responses: { 200: { description: 'd', content } } },
      { more: { components: { schemas } as never } },
    ),
  );
  expect(JSON.stringify(request).length).toBeLessThan(10_000);
});

it('[OPENAPI-COMPILE-1] takes a document whose every part is of the wrong kind', () => {
  const { request } = compiled({
    openapi: '3.1.0',
    info: [],
    servers: {},
    security: 'x',
    components: [],
    paths: {
      '/a': null,
      '/b': [],
      '/c': { get: 'x', post: [], put: 5, parameters: {}, servers: 'x' },
      '/d': {
        get: {
          parameters: 'x',
          requestBody: [],
          responses: [],
          tags: 'x',
          security: 'x',
          servers: 5,
          operationId: {},
          summary: [],
          description: {},
        },
      },
    },
  });
  expect(request.tools.map(({ name }) => name)).toEqual(['get_d']);
});

it('[OPENAPI-COMPILE-1] reads 5,000 operations of one name', () => {
  const paths = Object.fromEntries(
    Array.from({ length: 5000 }, (_one, at) => [`/p${at}`, { get: { operationId: 'same' } }]),
  );
  const { request } = compiled({ openapi: '3.1.0', paths });
  expect(new Set(request.tools.map(({ name }) => name)).size).toBe(5000);
  expect(() => compiled({ openapi: '3.1.0', paths: { ...paths, '/one': { get: {} } } })).toThrow(/5000 operations/);
});
