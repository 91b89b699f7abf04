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

  it('[OPENAPI-COMPILE-9] say so where the parts of a multipart body cannot be put together', () => {
    const media = { itemSchema: {}, itemEncoding: { contentType: 'image/png' } };
    const requestBody = { content: { 'multipart/mixed': media } };
    const { remarks } = compiled(withOperation({ requestBody } as never, { openapi: '3.2.0', method: 'post' }));
    expect(remarks).toContainEqual(
      expect.objectContaining({ action: 'left_out', what: expect.stringContaining('itemEncoding') }),
    );
  });
});
