import { describe, expect, it } from 'vitest';
import { bodyTakes, compiled, withBody } from './testing.ts';

describe('read-only properties', () => {
  const base = {
    type: 'object',
    required: ['id', 'name'],
    properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
  };

  it('[OPENAPI-COMPILE-4] are no part of a request, and not required in it', () => {
    const document = withBody({ $ref: '#/components/schemas/Thing' }, { Thing: base });
    expect(bodyTakes(document)({ name: 'a' })).toBe(true);
    expect(bodyTakes(document)({})).toBe(false);
    expect(compiled(document).request.api?.api.schemas['Thing']?.['properties']).not.toHaveProperty('id');
  });

  it('[OPENAPI-COMPILE-4] are not required where another part of the composition declares them so', () => {
    const takes = bodyTakes(
      withBody(
        {
          allOf: [{ $ref: '#/components/schemas/Named' }, { properties: { id: { readOnly: true, type: 'integer' } } }],
        },
        { Named: { type: 'object', required: ['id', 'name'], properties: { name: { type: 'string' } } } },
      ),
    );
    expect(takes({ name: 'a' })).toBe(true);
    expect(takes({})).toBe(false);
  });
});

describe('parts that allow only their own properties', () => {
  const closed = (name: string) => ({
    type: 'object',
    properties: { [name]: { type: 'string' } },
    required: [name],
    additionalProperties: false,
  });

  it('[OPENAPI-COMPILE-5] take each other’s', () => {
    const takes = bodyTakes(withBody({ allOf: [{ $ref: '#/components/schemas/A' }, closed('b')] }, { A: closed('a') }));
    expect(takes({ a: 'x', b: 'y' })).toBe(true);
    expect(takes({ a: 'x' })).toBe(false);
  });

  it('[OPENAPI-COMPILE-5] take those of the schema around them, and it takes theirs', () => {
    const takes = bodyTakes(
      withBody({
        type: 'object',
        properties: { kind: { type: 'string' } },
        required: ['kind'],
        additionalProperties: false,
        oneOf: [closed('a'), closed('b')],
      }),
    );
    expect(takes({ kind: 'k', a: 'x' })).toBe(true);
    expect(takes({ kind: 'k' })).toBe(false);
  });

  it('[OPENAPI-COMPILE-5] stay closed where nothing clashes', () => {
    const takes = bodyTakes(
      withBody(
        { oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] },
        { A: closed('a'), B: closed('b') },
      ),
    );
    expect(takes({ a: 'x' })).toBe(true);
    expect(takes({ a: 'x', c: 1 })).toBe(false);
  });
});

describe('discriminators', () => {
  const pet = (own: object) => ({
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string' }, ...own },
  });
  const alternatives = [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }];
  const schemas = { Cat: pet({ hunts: { type: 'boolean' } }), Dog: pet({ bark: { type: 'boolean' } }) };

  it('[OPENAPI-COMPILE-6] give each alternative the values that choose it (4.8.25.1)', () => {
    const mapped = {
      propertyName: 'kind',
      mapping: { cat: '#/components/schemas/Cat', kitten: 'Cat', dog: '#/components/schemas/Dog' },
    };
    const takes = bodyTakes(withBody({ oneOf: alternatives, discriminator: mapped }, schemas));
    expect(['cat', 'kitten', 'dog'].map((kind) => takes({ kind }))).toEqual([true, true, true]);
    expect(takes({ kind: 'bird' })).toBe(false);
  });

  it('[OPENAPI-COMPILE-6] without a mapping, by the names of the schemas', () => {
    const takes = bodyTakes(withBody({ oneOf: alternatives, discriminator: { propertyName: 'kind' } }, schemas));
    expect(takes({ kind: 'Dog', bark: true })).toBe(true);
    expect(takes({ kind: 'dog' })).toBe(false);
  });

  it('[OPENAPI-COMPILE-6] never make `oneOf` refuse a value that fits the alternative it names', () => {
    const optional = { type: 'object', properties: { kind: { type: 'string' }, name: { type: 'string' } } };
    const takes = bodyTakes(
      withBody({ oneOf: alternatives, discriminator: { propertyName: 'kind' } }, { Cat: optional, Dog: optional }),
    );
    expect(takes({ name: 'without its kind' })).toBe(true);
  });

  it('[OPENAPI-COMPILE-6] leave values alone that the alternatives list themselves', () => {
    const listed = {
      Cat: pet({ kind: { type: 'string', enum: ['c'] } }),
      Dog: pet({ kind: { type: 'string', const: 'd' } }),
    };
    const takes = bodyTakes(withBody({ oneOf: alternatives, discriminator: { propertyName: 'kind' } }, listed));
    expect(takes({ kind: 'c' })).toBe(true);
    expect(takes({ kind: 'd' })).toBe(true);
  });

  it('[OPENAPI-COMPILE-6] do not make children of a base consist of themselves', () => {
    const takes = bodyTakes(
      withBody(
        { $ref: '#/components/schemas/Cat' },
        {
          Pet: {
            type: 'object',
            required: ['kind'],
            properties: { kind: { type: 'string' } },
            discriminator: { propertyName: 'kind' },
          },
          Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { lives: { type: 'integer' } } }] },
        },
      ),
    );
    expect(takes({ kind: 'Cat', lives: 9 })).toBe(true);
    expect(takes({ lives: 9 })).toBe(false);
  });
});
