import { describe, expect, it } from 'vitest';
import { bodyTakes, compiled, withBody } from './testing.ts';

describe('schemas of OpenAPI 3.0', () => {
  it('[OPENAPI-COMPILE-3] takes null where `nullable` says so, beside types, values and compositions (4.7.24.1)', () => {
    const takes = bodyTakes(
      withBody(
        {
          type: 'object',
          properties: {
            name: { type: 'string', nullable: true },
            kind: { type: 'string', enum: ['a', 'b'], nullable: true },
            owner: { nullable: true, allOf: [{ $ref: '#/components/schemas/Owner' }] },
            plain: { type: 'string' },
          },
        },
        { Owner: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } } },
        '3.0.3',
      ),
    );
    expect(takes({ name: null, kind: null, owner: null })).toBe(true);
    expect(takes({ owner: { id: 1 } })).toBe(true);
    expect(takes({ owner: {} })).toBe(false);
    expect(takes({ plain: null })).toBe(false);
  });

  it('[OPENAPI-COMPILE-3] reads boolean exclusive bounds (Wright 00, 5.3)', () => {
    const takes = bodyTakes(
      withBody(
        { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: false },
        {},
        '3.0.0',
      ),
    );
    expect([0, 0.5, 1, 1.5].map(takes)).toEqual([false, true, true, false]);
  });

  it('[OPENAPI-COMPILE-3] ignores what stands beside `$ref` (4.7.23), and combines it from 3.1 on', () => {
    const schema = { $ref: '#/components/schemas/Name', maxLength: 2 };
    const shared = { Name: { type: 'string', minLength: 1 } };
    expect(bodyTakes(withBody(schema, shared, '3.0.3'))('longer')).toBe(true);
    expect(bodyTakes(withBody(schema, shared, '3.1.0'))('longer')).toBe(false);
    expect(bodyTakes(withBody(schema, shared, '3.1.0'))('')).toBe(false);
  });
});

describe('schemas of OpenAPI 3.1', () => {
  it('[OPENAPI-COMPILE-3] keeps the keywords of JSON Schema 2020-12', () => {
    const takes = bodyTakes(
      withBody({
        type: ['object', 'null'],
        properties: {
          at: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'string' }], items: false },
          kind: { const: 'thing' },
          some: { type: 'array', contains: { const: 1 }, minContains: 2 },
        },
        patternProperties: { '^x-': { type: 'integer' } },
        dependentRequired: { kind: ['at'] },
        additionalProperties: false,
        if: { properties: { kind: { const: 'thing' } }, required: ['kind'] },
        // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
        then: { required: ['some'] },
      }),
    );
    expect(takes(null)).toBe(true);
    expect(takes({ at: [1, 'a'], kind: 'thing', some: [1, 1], 'x-a': 2 })).toBe(true);
    expect(takes({ at: [1, 'a', 2] })).toBe(false);
    expect(takes({ kind: 'thing', some: [1, 1] })).toBe(false);
    expect(takes({ kind: 'thing', at: [1, 'a'] })).toBe(false);
    expect(takes({ some: [1] })).toBe(false);
    expect(takes({ 'x-a': 'no' })).toBe(false);
    expect(takes({ other: 1 })).toBe(false);
  });

  it('[OPENAPI-COMPILE-3] keeps no `$id`, `$anchor` or `$schema`, by which a schema would be another’s', () => {
    const { request } = compiled(
      withBody(
        { $ref: '#/components/schemas/A' },
        {
          A: {
            $id: 'https://evil.example/a',
            $anchor: 'x',
            $schema: 'http://json-schema.org/draft-04/schema#',
            type: 'object',
            properties: { b: { $ref: '#/components/schemas/A' } },
          },
        },
      ),
    );
    expect(JSON.stringify(request)).not.toMatch(/evil|\$anchor|draft-04/);
  });

  it('[OPENAPI-COMPILE-3] drops a `not` of which a part was left out: it would refuse more', () => {
    const takes = bodyTakes(withBody({ type: 'string', not: { pattern: '(?i)^no$' } }));
    expect(takes('yes')).toBe(true);
  });
});

describe('faulty schemas', () => {
  const cases: [string, object, unknown[]][] = [
    ['a type that is none', { type: 'any' }, [1, 'a']],
    ['a type in capitals', { type: 'String' }, ['a']],
    ['a file', { type: 'file' }, ['text:a']],
    ['bounds as text', { type: 'string', maxLength: '3' }, ['abc']],
    ['a negative length', { type: 'string', minLength: -1 }, ['']],
    ['bounds that contradict each other', { type: 'integer', minimum: 5, maximum: 1 }, [3]],
    ['a list of no values', { type: 'string', enum: [] }, ['a']],
    ['numbers listed for a text', { type: 'string', enum: [1, 2] }, ['1']],
    ['texts listed for a number', { type: 'integer', enum: ['1', '2'] }, [1]],
    ['values listed twice', { enum: ['a', 'a', 'b'] }, ['a']],
    ['null listed without its type', { type: 'string', enum: ['a', null] }, ['a', null]],
    ['hundredths', { type: 'number', multipleOf: 0.01 }, [19.99, 0.07]],
    ['a list without items', { type: 'array' }, [[1, 'a']]],
    ['items as a list', { type: 'array', items: [{ type: 'string' }] }, [['a', 'b']]],
    ['required as one text', { type: 'object', properties: { a: {} }, required: 'a' }, [{ a: 1 }]],
    ['properties that are no object', { type: 'object', properties: ['a'] }, [{ a: 1 }]],
    ['a schema that is a text', { type: 'object', properties: { a: 'string' } }, [{ a: 1 }]],
    ['an empty composition', { allOf: [], oneOf: [], type: 'string' }, ['a']],
    [
      'a required property that is not allowed',
      { type: 'object', properties: {}, required: ['a'], additionalProperties: false },
      [{}],
    ],
    ['a default of another type', { type: 'integer', default: 'ten' }, [10]],
    ['a bound of no type', { type: 'integer', maximum: { a: 1 } }, [10]],
  ];
  for (const [what, schema, values] of cases)
    for (const openapi of ['3.0.3', '3.1.0'])
      it(`[OPENAPI-COMPILE-1] ${what} costs that part alone, in ${openapi}`, () => {
        const takes = bodyTakes(withBody(schema as never, {}, openapi));
        expect(values.map(takes)).toEqual(values.map(() => true));
      });

  it('[OPENAPI-COMPILE-1] says where, and how an overlay would mend it', () => {
    const { remarks } = compiled(
      withBody({ type: 'object', properties: { a: { type: 'String' } }, required: 'a' } as never),
    );
    expect(remarks).toContainEqual(
      expect.objectContaining({
        where: '#/paths/~1things/post/requestBody/content/application~1json/schema/properties/a',
        action: 'mended',
        overlay: {
          target:
            "$['paths']['/things']['post']['requestBody']['content']['application/json']['schema']['properties']['a']",
          update: { type: 'string' },
        },
      }),
    );
  });

  it('[OPENAPI-COMPILE-3] drops formats that the document’s own sample breaks', () => {
    const takes = bodyTakes(withBody({ type: 'string', format: 'uri', example: 'www.example.com' }));
    expect(takes('www.example.com')).toBe(true);
    expect(bodyTakes(withBody({ type: 'string', format: 'uri' }))('no uri')).toBe(false);
    expect(bodyTakes(withBody({ type: 'string', format: 'time' }))('10:30')).toBe(true);
  });
});
