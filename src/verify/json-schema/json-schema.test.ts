import { describe, expect, it } from 'vitest';
import type { CheckContext, JsonSchema } from '../../spec/index.ts';
import { schemas } from '../checks/schemas/index.ts';
import { randomFrom } from '../random.ts';
import { wrongInputs } from './mutate.ts';
import { sample } from './sample.ts';
import { compileSchema, schemaFaults, tooLarge } from './validate.ts';

const schema: JsonSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 20 },
    mode: { enum: ['fast', 'slow'] },
    count: { type: 'integer', minimum: 3, maximum: 9 },
    tags: { type: 'array', items: { $ref: '#/$defs/tag' }, minItems: 1, maxItems: 4 },
    when: { type: 'string', format: 'date' },
    either: { anyOf: [{ type: 'null' }, { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] }] },
  },
  required: ['name', 'count', 'tags'],
  additionalProperties: false,
  $defs: { tag: { type: 'string', pattern: '^[a-z]+$' } },
};

describe('samples', () => {
  it('[VERIFY-4] the plain sample is valid', () => {
    expect(compileSchema(schema)(sample(schema, randomFrom('a'), true))).toBe(true);
  });

  it('[VERIFY-4] most made-up inputs are valid, and the same seed gives the same inputs', () => {
    const make = () => {
      const random = randomFrom('seed');
      return Array.from({ length: 50 }, () => sample(schema, random));
    };
    expect(make()).toEqual(make());
    expect(make().filter(compileSchema(schema)).length).toBeGreaterThan(30);
  });

  it('[VERIFY-4] a value is judged by what it has, not by what every object inherits', () => {
    const named = compileSchema({ type: 'object', properties: { constructor: { type: 'string' } } });
    expect([named({}), named({ constructor: 1 })]).toEqual([true, false]);
  });

  it('[VERIFY-4] a schema that refers to itself comes to an end', () => {
    const circular: JsonSchema = { type: 'object', properties: { child: { $ref: '#' } }, required: ['child'] };
    expect(JSON.stringify(sample(circular, randomFrom('a'))).length).toBeLessThan(1000);
  });

  it('[ROBUST-12] patterns that come to no end have a time for all of them together', () => {
    const slow = Array.from({ length: 8 }, (_, index): [string, JsonSchema] => [
      `slow_${index}`,
      { type: 'string', pattern: `^(?:b?|c?){60}${index}` },
    ]);
    const properties = Object.fromEntries([...slow, ['last', { type: 'string', pattern: '^1$' }]]);
    const hostile: JsonSchema = { type: 'object', properties, required: Object.keys(properties) };
    expect(sample(hostile, randomFrom('a'), true, 60_000)).toMatchObject({ slow_0: 'text', last: 'text' });
  });

  it('[ROBUST-12] of a value that is made for too long, the rest is null', () => {
    const others = Array.from({ length: 2000 }, (_, index): [string, JsonSchema] => [`field_${index}`, {}]);
    const again = { $ref: '#' };
    const properties = { a: again, b: again, c: again, ...Object.fromEntries(others) };
    const hostile: JsonSchema = { type: 'object', properties, required: ['a', 'b', 'c'] };
    expect(JSON.stringify(sample(hostile, randomFrom('a'), true, 20))).toMatch(/(?:^|"c":)null\}?$/);
  });
});

describe('wrong inputs', () => {
  it('[VERIFY-4] miss, mistype, add, blow up and pollute', () => {
    const inputs = wrongInputs(schema, { name: 'ab', count: 3, tags: ['a'] });
    const refused = inputs.filter((input) => !compileSchema(schema)(input.arguments));
    expect(inputs.map(({ how }) => how)).toEqual(
      expect.arrayContaining([
        'no parameters at all',
        '`name` missing',
        '`count` of another type',
        '`name` null',
        'an unknown parameter',
        'a `__proto__` parameter',
        '`name` of 300,000 characters',
      ]),
    );
    expect(refused.length).toBeGreaterThan(10);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});

describe('schemas at fault', () => {
  it.each([
    [{ type: 'string' }, /root/],
    [{ type: 'object', properties: { a: { type: 'string', pattern: '(?i)a' } } }, /JavaScript/],
    [{ type: 'object', properties: { a: { type: 'text' } } }, /type/],
    [{ type: 'object', properties: { a: { $ref: '#/$defs/none' } } }, /resolve/],
    [[], /not an object/],
  ])('[VERIFY-3] %j', (bad, words) => expect(schemaFaults(bad).join()).toMatch(words));

  it('[VERIFY-3] drafts that other servers use are read as what they say', () => {
    expect(
      schemaFaults({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object', properties: {} }),
    ).toEqual([]);
    expect(schemaFaults({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' })).toEqual([]);
  });
});

describe('a schema that cannot be compiled in time', () => {
  const properties = Object.fromEntries(
    Array.from({ length: 1500 }, (_, index): [string, JsonSchema] => [
      `field_${index}`,
      { type: 'string', description: 'A field.', pattern: `^a{${index}}$` },
    ]),
  );
  const large: JsonSchema = { type: 'object', properties };

  it('[ROBUST-12] is tried once', () => {
    expect(() => compileSchema(large, 30)).toThrow(tooLarge);
    expect(() => compileSchema(large)).toThrow(tooLarge);
  });

  it('[ROBUST-12] leaves the compiler as it was', () => {
    // One with a name gets a compiler of its own, which is stopped while it still reads what a schema is.
    for (const milliseconds of [1, 2, 3, 4, 5, 6, 8, 12, 16, 24, 32]) {
      const named = { ...large, $id: `https://example.com/${milliseconds}` };
      expect(() => compileSchema(named, milliseconds)).toThrow(tooLarge);
      expect(() => compileSchema({ type: 'object' })).not.toThrow();
    }
  });

  it('[ROBUST-12] is told with what to do', async () => {
    const tools = [{ name: 'tool', inputSchema: large }];
    const { cases } = await schemas.run({ tools: async () => tools } as unknown as CheckContext);
    expect(cases).toMatchObject([
      { status: 'failed', message: expect.stringContaining(tooLarge), remedy: expect.stringMatching(/^Simplify/) },
      { status: 'passed' },
    ]);
  });
});
