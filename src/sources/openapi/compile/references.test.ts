import { expect, it } from 'vitest';
import { bodyTakes, compiled, withBody, withOperation } from './testing.ts';

it('[OPENAPI-COMPILE-2] follows chains, and keeps recursion', () => {
  const takes = bodyTakes(
    withBody(
      { $ref: '#/components/schemas/A' },
      {
        A: { $ref: '#/components/schemas/B' },
        B: { $ref: '#/components/schemas/Node' },
        Node: {
          type: 'object',
          required: ['id'],
          properties: { id: { type: 'integer' }, next: { $ref: '#/components/schemas/Node' } },
        },
      },
    ),
  );
  expect(takes({ id: 1, next: { id: 2, next: { id: 3 } } })).toBe(true);
  expect(takes({ id: 1, next: { id: 2, next: {} } })).toBe(false);
});

it('[OPENAPI-COMPILE-2] takes any value for what dangles, leads in a circle or consists of itself, and says so', () => {
  const document = withBody(
    {
      type: 'object',
      properties: {
        lost: { $ref: '#/components/schemas/Lost' },
        circle: { $ref: '#/components/schemas/X' },
        self: { $ref: '#/components/schemas/Self' },
        ping: { $ref: '#/components/schemas/Ping' },
        odd: { $ref: 'other.yaml#/A' },
        right: { type: 'integer' },
      },
    },
    {
      X: { $ref: '#/components/schemas/Y' },
      Y: { $ref: '#/components/schemas/X' },
      Self: { allOf: [{ $ref: '#/components/schemas/Self' }, { type: 'object' }] },
      Ping: { anyOf: [{ $ref: '#/components/schemas/Pong' }] },
      Pong: { oneOf: [{ $ref: '#/components/schemas/Ping' }, { type: 'string' }] },
    },
  );
  const takes = bodyTakes(document);
  expect(takes({ lost: 1, circle: 'a', self: {}, ping: 'a', odd: [], right: 1 })).toBe(true);
  expect(takes({ right: 'no' })).toBe(false);
  expect(compiled(document).remarks.map(({ action }) => action)).toEqual(expect.arrayContaining(['left_out']));
  expect(compiled(document).remarks.length).toBeGreaterThanOrEqual(4);
  // Other documents are told of where they are looked for.
  expect(compiled(document).remarks.filter(({ what }) => what.includes('other.yaml'))).toEqual([]);
});

it('[OPENAPI-COMPILE-2] resolves parameters, bodies, responses and path items by reference', () => {
  const { tool, wire } = compiled({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/a/{id}': { $ref: '#/components/pathItems/A' } },
    components: {
      pathItems: {
        A: {
          parameters: [{ $ref: '#/components/parameters/Id', description: 'Which one' }],
          put: {
            operationId: 'putA',
            requestBody: { $ref: '#/components/requestBodies/B' },
            responses: { 200: { $ref: '#/components/responses/R' } },
          },
        },
      },
      parameters: {
        Id: { name: 'id', in: 'path', required: true, description: 'Old words', schema: { type: 'integer' } },
      },
      requestBodies: { B: { required: true, content: { 'text/plain': { schema: { type: 'string' } } } } },
      responses: {
        R: {
          description: 'done',
          content: { 'application/json': { schema: { type: 'object', properties: { a: { type: 'string' } } } } },
        },
      },
    },
  });
  expect(tool('put_a').input['properties']).toMatchObject({ id: { type: 'integer', description: 'Which one' } });
  expect(wire('put_a').body).toMatchObject({ as: 'text', type: 'text/plain', required: true });
  expect(tool('put_a').output).toMatchObject({ properties: { data: { properties: { a: {} } } } });
});

it('[OPENAPI-COMPILE-2] refers to schemas anywhere in the document', () => {
  const { takes } = compiled(
    withOperation(
      {
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/paths/~1things/post/x-shape/a~1b%20c' } } },
        },
        'x-shape': { 'a/b c': { type: 'object', required: ['n'] } },
      },
      { method: 'post' },
    ),
  );
  expect(takes('one', { body: { n: 1 } })).toBe(true);
  expect(takes('one', { body: {} })).toBe(false);
});
