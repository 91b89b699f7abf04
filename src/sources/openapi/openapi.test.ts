import { describe, expect, it } from 'vitest';
import { bundleSchemas } from '../../util/index.ts';
import { accepts, withOperation } from './compile/testing.ts';
import { sourceConformance } from '../conformance.ts';
import { openapiSource } from './index.ts';

const orders = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  servers: [{ url: 'https://api.example.com/v1' }],
  paths: { '/orders': { get: { operationId: 'listOrders', responses: { 200: { description: 'OK' } } } } },
};

sourceConformance(openapiSource, JSON.stringify(orders));

describe('references by anchor (JSON Schema 2020-12, Core 8.2.2)', () => {
  it('[OPENAPI-COMPILE-2] are followed from the text of the document to the arguments of the tool', () => {
    const requestBody = { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } };
    const schemas = {
      Pet: { type: 'object', properties: { tag: { $ref: '#tag' } }, required: ['tag'] },
      Tag: { $anchor: 'tag', type: 'string', maxLength: 3 },
    };
    const document = withOperation({ requestBody } as never, {
      method: 'post',
      more: { components: { schemas } } as never,
    });
    const { request } = openapiSource.read(JSON.stringify(document), undefined, {});
    const input = bundleSchemas(request.tools[0]!.input, request.api!.api.schemas);
    expect(accepts(input, { body: { tag: 'abc' } })).toBe(true);
    expect(accepts(input, { body: { tag: 'abcd' } })).toBe(false);
    expect(request.notes).toEqual([]);
  });
});
