import { describe, expect, it } from 'vitest';
import { compiled, withOperation } from './testing.ts';

const item = { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] };

describe('sequential media types (OpenAPI 3.2, Media Type Object)', () => {
  it('[OPENAPI-COMPILE-9] take a list of what itemSchema says as a body', () => {
    const requestBody = { content: { 'application/jsonl': { itemSchema: item } } };
    const { takes, wire } = compiled(withOperation({ requestBody } as never, { openapi: '3.2.0', method: 'post' }));
    expect(wire('one').body).toMatchObject({ type: 'application/jsonl', as: 'text' });
    expect(takes('one', { body: [{ id: 1 }, { id: 2 }] })).toBe(true);
    expect(takes('one', { body: [{}] })).toBe(false);
    expect(takes('one', { body: 'text' })).toBe(false);
  });

  it.each(['application/jsonl', 'text/event-stream', 'application/json-seq'])(
    '[OPENAPI-COMPILE-12] answer with a list of it: %s',
    (type) => {
      const responses = { 200: { description: 'ok', content: { [type]: { itemSchema: item } } } };
      const { tool } = compiled(withOperation({ responses } as never, { openapi: '3.2.0' }));
      expect(tool('one').output!['properties']).toMatchObject({
        data: { type: ['array', 'null'], items: { properties: { id: { type: ['number', 'null'] } } } },
      });
    },
  );

  it('[OPENAPI-COMPILE-9] are multipart bodies by position: a part for each item, nested ones too', () => {
    const media = {
      schema: {
        type: 'array',
        prefixItems: [{ type: 'array' }, { type: 'array', prefixItems: [{ type: 'object' }, {}] }],
      },
      prefixEncoding: [{}, { contentType: 'multipart/mixed', prefixEncoding: [{ contentType: 'application/xml' }] }],
      itemEncoding: {
        contentType: 'image/*',
        headers: { 'Content-Location': { schema: { const: 'a:b' } }, 'X-Any': { required: true } },
      },
    };
    const requestBody = { content: { 'multipart/mixed': media } };
    const document = withOperation({ requestBody } as never, { openapi: '3.2.0', method: 'post' });
    const { wire, takes, remarks } = compiled(document);
    expect(wire('one').body).toMatchObject({
      as: 'multipart',
      positions: {
        prefix: [
          {},
          {
            contentType: 'multipart/mixed',
            parts: { prefix: [{ contentType: 'application/xml' }, { binary: true }], items: {} },
          },
        ],
        items: { contentType: 'image/png', headers: { 'Content-Location': 'a:b' }, binary: true },
      },
    });
    expect(takes('one', { body: [[1], [{}, 'AQID'], 'file:a.png'] })).toBe(true);
    expect(takes('one', { body: { a: 1 } })).toBe(false);
    expect(remarks).toContainEqual(
      expect.objectContaining({ action: 'left_out', where: expect.stringContaining('X-Any') }),
    );
  });
});
