import { describe, expect, it } from 'vitest';
import { tool as toolSchema, type Tool } from '../../spec/index.ts';
import { fitListing } from './fit-listing.ts';

const chain = (length: number) =>
  Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `Part${index}`,
      {
        type: 'object',
        description: 'Words of the document. '.repeat(20),
        // A field may be called as a keyword is.
        properties: { description: { type: 'string' }, next: { $ref: `#/$defs/Part${index + 1}` } },
      },
    ]),
  );

const operation = (number: number): Tool =>
  toolSchema.parse({
    name: `put_${number}`,
    title: 'Put',
    description: 'Puts a part into the whole and says what became of it.',
    input: { type: 'object', properties: { body: { $ref: '#/$defs/Part0' } }, $defs: { ...chain(9), Part9: {} } },
    output: { type: 'object', properties: { status: { type: 'integer' } } },
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
    implementation: { kind: 'http', method: 'PUT', path: '/part', accept: ['application/json'] },
  });

const tools = Array.from({ length: 10 }, (_, index) => operation(index));
const size = (given: readonly Tool[]): number => JSON.stringify(given).length;

describe('a listing that clients take', () => {
  it('[OPENAPI-SERVER-1] stays as it is where there is room', () => {
    expect(fitListing(tools)).toEqual({ tools });
  });

  it('[OPENAPI-SERVER-1] is refused where even the names are too many, with a word on the other shape', () => {
    expect(() => fitListing(tools, 100, 1000)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        problems: [expect.objectContaining({ field: 'shape', remedy: expect.stringContaining('--shape search') })],
      }),
    );
  });

  it('[OPENAPI-SERVER-1] first loses outputs, then words, then what lies deep, and says so', () => {
    const whole = size(tools);
    const bare = fitListing(tools, whole - 2000);
    expect(bare.tools[0]).not.toHaveProperty('output');
    expect(bare.tools[0]!.input).toEqual(tools[0]!.input);
    expect(bare.shortened).toContain('what operations answer with');

    const short = fitListing(tools, 20_000);
    expect(size(short.tools)).toBeLessThan(24_000);
    const { $defs } = short.tools[0]!.input as { $defs: Record<string, { properties: object }> };
    expect(Object.keys($defs)).toHaveLength(10);
    expect($defs['Part0']!.properties).toHaveProperty('description');

    const deep = fitListing(tools, 8000);
    const kept = (deep.tools[0]!.input as { $defs: Record<string, { properties: object }> }).$defs;
    expect(Object.keys(kept)).toEqual(['Part0', 'Part1', 'Part2']);
    expect(kept['Part2']!.properties).toEqual({ description: { type: 'string' }, next: {} });
  });
});
