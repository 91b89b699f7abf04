import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../document/types.ts';
import { compiled, withOperation } from './testing.ts';

const at = (pathItem: JsonObject) =>
  compiled({ ...withOperation({}), openapi: '3.2.0', paths: { '/files/{id}': pathItem } } as JsonObject);
const id = { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] };

describe('methods without a field of their own (OpenAPI 3.2, Path Item Object)', () => {
  it('[OPENAPI-COMPILE-19] become tools, in the capitalization that is sent', () => {
    const { request, wire } = at({ additionalOperations: { COPY: id, 'x-Frob': { ...id, operationId: 'frob' } } });
    expect(request.tools.map(({ name }) => name)).toEqual(['copy_file', 'frob']);
    expect(wire('copy_file').method).toBe('COPY');
    expect(wire('frob').method).toBe('x-Frob');
  });

  it('[OPENAPI-COMPILE-19] cost themselves alone where no request can have them', () => {
    const { request, remarks, wire } = at({
      get: { operationId: 'read', ...id },
      additionalOperations: { 'NO WAY': id, CONNECT: id, GET: id, POST: { ...id, operationId: 'send' } },
    });
    expect(request.tools.map(({ name }) => name)).toEqual(['read', 'send']);
    expect(wire('send').method).toBe('POST');
    expect(remarks.map(({ where, action }) => `${action} ${where.split('/').at(-1)}`)).toEqual([
      'left_out NO WAY',
      'left_out CONNECT',
      'left_out GET',
      'mended POST',
    ]);
  });

  it.each([
    [{ query: { ...id, operationId: 'filterFiles' } }, 'filter_files', { readOnlyHint: true, idempotentHint: true }],
    [{ additionalOperations: { COPY: id } }, 'copy_file', { readOnlyHint: false, idempotentHint: true }],
    [{ additionalOperations: { FROB: id } }, 'frob_file', { readOnlyHint: false, destructiveHint: true }],
    [{ additionalOperations: { FROB: { ...id, operationId: 'listParts' } } }, 'list_parts', { readOnlyHint: true }],
    [{ additionalOperations: { PROPFIND: id } }, 'propfind_file', { readOnlyHint: true, idempotentHint: true }],
  ])(
    '[OPENAPI-COMPILE-16] are read only where their registration or words say so: %j',
    (pathItem, name, annotations) => {
      expect(at(pathItem as JsonObject).tool(name).annotations).toMatchObject(annotations);
    },
  );
});

describe('operationIds (OpenAPI 3.1.1, 4.8.10)', () => {
  it('[OPENAPI-COMPILE-18] are suggested where they are missing, as the name of the tool', () => {
    const { remarks, request } = at({ get: id, additionalOperations: { COPY: id } });
    expect(remarks.map(({ overlay }) => overlay)).toEqual([
      { target: "$.paths['/files/{id}'].get", update: { operationId: 'get_file' } },
      { target: "$.paths['/files/{id}'].additionalOperations['COPY']", update: { operationId: 'copy_file' } },
    ]);
    expect(request.notes).toEqual([expect.stringContaining('/get and 1 more place: There is no operationId')]);
  });
});
