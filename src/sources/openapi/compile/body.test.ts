import { describe, expect, it } from 'vitest';
import { compiled, withOperation } from './testing.ts';

const body = (content: object, more: object = {}) =>
  compiled(withOperation({ requestBody: { content, ...more } as never }, { method: 'post' }));
const chosen = (...types: string[]) =>
  body(Object.fromEntries(types.map((type) => [type, { schema: {} }]))).wire('one').body;

describe('bodies', () => {
  it('[OPENAPI-COMPILE-9] are of the media type that says most', () => {
    expect(chosen('application/xml', 'application/json')).toMatchObject({ as: 'json', type: 'application/json' });
    expect(chosen('text/plain', 'application/vnd.api+json; version=1')).toMatchObject({
      as: 'json',
      type: 'application/vnd.api+json; version=1',
    });
    expect(chosen('multipart/form-data', 'application/x-www-form-urlencoded')).toMatchObject({ as: 'form' });
    expect(chosen('application/octet-stream', 'text/csv')).toMatchObject({ as: 'text', type: 'text/csv' });
    expect(chosen('*/*')).toMatchObject({ as: 'json', type: 'application/json' });
    expect(chosen('application/xml')).toMatchObject({ as: 'xml' });
    expect(chosen('application/pdf')).toMatchObject({ as: 'binary', type: 'application/pdf' });
    expect(chosen('image/*')).toMatchObject({ as: 'binary', type: 'image/png' });
    expect(chosen('application/json-patch+json', 'application/merge-patch+json')).toMatchObject({
      type: 'application/merge-patch+json',
    });
    expect(chosen('not a type', 'text/plain')).toMatchObject({ type: 'text/plain' });
  });

  it('[OPENAPI-COMPILE-9] are one argument as it is, never wrapped or spread, required when the document says so', () => {
    const list = body(
      { 'application/json': { schema: { type: 'array', items: { type: 'integer' } } } },
      { required: true },
    );
    expect(list.takes('one', { body: [1, 2] })).toBe(true);
    expect(list.takes('one', {})).toBe(false);
    expect(body({ 'application/json': {} }).takes('one', { body: 'anything' })).toBe(true);
    expect(body({ 'application/json': {} }).takes('one', {})).toBe(true);
  });

  it('[OPENAPI-COMPILE-9] go with GET and DELETE where the document has them', () => {
    const { wire } = compiled(
      withOperation({ requestBody: { content: { 'application/json': {} } } }, { method: 'delete' }),
    );
    expect(wire('one').body).toMatchObject({ as: 'json' });
  });

  it('[OPENAPI-COMPILE-9] say how fields are written (4.8.15) and which hold bytes', () => {
    const schema = {
      type: 'object',
      properties: {
        file: { type: 'string', format: 'binary' },
        files: { type: 'array', items: { type: 'string', format: 'binary' } },
        icon: { contentMediaType: 'image/png' },
        data: { type: 'object', properties: { a: { type: 'string' } } },
        tags: { type: 'array', items: { type: 'string' } },
      },
      required: ['file'],
    };
    const encoding = { data: { contentType: 'application/json' }, tags: { style: 'pipeDelimited', explode: false } };
    const { tool, wire, takes } = body({ 'multipart/form-data': { schema, encoding } });
    expect(wire('one').body?.encoding).toEqual({
      file: { binary: true },
      files: { binary: true },
      icon: { binary: true },
      data: { contentType: 'application/json' },
      tags: { style: 'pipeDelimited', explode: false },
    });
    expect(takes('one', { body: { file: 'file:report.pdf', files: ['text:a', 'aGk='], icon: 'text:x' } })).toBe(true);
    expect(JSON.stringify(tool('one').input)).toContain('file:PATH');
  });

  it('[OPENAPI-COMPILE-9] of bytes are given as text', () => {
    const { tool, takes } = body({
      'application/octet-stream': { schema: { type: 'string', format: 'binary', maxLength: 3 } },
    });
    expect(takes('one', { body: 'file:long-name.bin' })).toBe(true);
    expect(JSON.stringify(tool('one').input)).toContain('base64');
  });

  it('[OPENAPI-COMPILE-9] of XML keep the keywords by which they are written (4.8.26)', () => {
    const { tool } = body({
      'application/xml': {
        schema: {
          type: 'object',
          xml: { name: 'pet' },
          properties: { id: { type: 'integer', xml: { attribute: true } } },
        },
      },
    });
    expect(tool('one').input['properties']).toMatchObject({
      body: { xml: { name: 'pet' }, properties: { id: { xml: { attribute: true } } } },
    });
  });

  it('[OPENAPI-COMPILE-20] offer the media types that carry what the preferred one cannot (4.8.13)', () => {
    const point = { type: 'object', properties: { x: { type: 'integer' } }, required: ['x'] };
    const upload = {
      type: 'object',
      properties: { file: { type: 'string', format: 'binary' } },
      required: ['file'],
    };
    const { wire, tool, takes } = body({
      'multipart/form-data': { schema: upload },
      'application/json': { schema: point },
      'image/png': {},
    });
    expect(wire('one').body).toMatchObject({
      type: 'application/json',
      choice: {
        argument: 'body_type',
        alternatives: [{ type: 'multipart/form-data', encoding: { file: { binary: true } } }, { type: 'image/png' }],
      },
    });
    expect(tool('one').input['properties']).toMatchObject({
      body_type: { enum: ['application/json', 'multipart/form-data', 'image/png'], default: 'application/json' },
    });
    expect(takes('one', { body: { file: 'AQID' }, body_type: 'multipart/form-data' })).toBe(true);
    expect(takes('one', { body: {} })).toBe(false);
    const images = body({ 'image/png': {}, 'image/jpeg': {} });
    expect(images.wire('one').body?.choice?.alternatives).toMatchObject([{ type: 'image/jpeg' }]);
    expect(images.tool('one').input['properties']).toMatchObject({ body: { type: 'string' } });
  });

  it('[OPENAPI-COMPILE-20] offer no other writing of the same value', () => {
    const schema = { type: 'object', properties: { x: { type: 'integer' } } };
    const others = ['application/xml', 'application/x-www-form-urlencoded', 'application/yaml', 'multipart/form-data'];
    const content = Object.fromEntries(['application/json', ...others].map((type) => [type, { schema }]));
    expect(body(content).wire('one').body).not.toHaveProperty('choice');
    expect(Object.keys(body(content).tool('one').input['properties'] as object)).toEqual(['body']);
  });
});
