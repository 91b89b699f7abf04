import { describe, expect, it } from 'vitest';
import { compiled } from '../../compile/testing.ts';
import { read } from '../testing.ts';

const page = {
  $id: 'https://x.example/page',
  type: 'object',
  properties: { items: { type: 'array', items: { $dynamicRef: '#item' } }, next: { $ref: '#' } },
  required: ['items'],
  $defs: { item: { $dynamicAnchor: 'item', type: 'object' } },
};
const pageOf = (id: string, item: object) => ({
  $id: `https://x.example/${id}`,
  $ref: 'page',
  $defs: { item: { $dynamicAnchor: 'item', ...item } },
});

const open = (schemas: object, name: string) => {
  const content = { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    servers: [{ url: 'https://x.example' }],
    paths: { '/a': { post: { operationId: 'make', requestBody: { required: true, content } } } },
    components: { schemas },
  };
  const { root } = read(document);
  const { takes } = compiled(root);
  return (body: unknown): boolean => takes('make', { body });
};

describe('dynamic references (JSON Schema 2020-12, 8.2.3.2)', () => {
  const schemas = {
    Page: page,
    Numbers: pageOf('numbers', { type: 'number' }),
    Names: pageOf('names', { type: 'string' }),
    Outer: {
      $id: 'https://x.example/outer',
      $ref: 'numbers',
      $defs: { a: { $dynamicAnchor: 'item', type: 'boolean' } },
    },
  };

  it('[OPENAPI-READ-8] lead to the anchor of the schema that extends', () => {
    const numbers = open(schemas, 'Numbers');
    expect([numbers({ items: [1] }), numbers({ items: ['a'] })]).toEqual([true, false]);
    expect([numbers({ items: [], next: { items: [2] } }), numbers({ items: [], next: { items: ['a'] } })]).toEqual([
      true,
      false,
    ]);
    const names = open(schemas, 'Names');
    expect([names({ items: ['a'] }), names({ items: [1] })]).toEqual([true, false]);
  });

  it('[OPENAPI-READ-8] lead to the outermost of several', () => {
    const outer = open(schemas, 'Outer');
    expect([outer({ items: [true] }), outer({ items: [1] })]).toEqual([true, false]);
  });

  it('[OPENAPI-READ-8] lead to their own anchor where nobody extends', () => {
    const plain = open(schemas, 'Page');
    expect([plain({ items: [] }), plain({ items: [1] })]).toEqual([true, false]);
  });

  it('[OPENAPI-READ-8] extend a tree to all its levels', () => {
    const tree = {
      Tree: {
        $id: 'https://x.example/tree',
        $dynamicAnchor: 'node',
        type: 'object',
        properties: { data: {}, children: { type: 'array', items: { $dynamicRef: '#node' } } },
      },
      Strict: {
        $id: 'https://x.example/strict',
        $dynamicAnchor: 'node',
        $ref: 'tree',
        required: ['data'],
      },
    };
    const strict = open(tree, 'Strict');
    expect([strict({ data: 1, children: [{ data: 2 }] }), strict({ data: 1, children: [{}] })]).toEqual([true, false]);
    expect(open(tree, 'Tree')({ children: [{}] })).toBe(true);
  });
});
