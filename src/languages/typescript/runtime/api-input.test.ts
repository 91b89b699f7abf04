import { describe, expect, it } from 'vitest';
import { openInputChecks } from './api-input.ts';
import { operation } from './api-testing.ts';
import type { ObjectSchema } from './schema.ts';

const schemas = {
  Pet: {
    type: 'object',
    properties: { name: { type: 'string' }, friends: { type: 'array', items: { $ref: '#/$defs/Pet' } } },
    required: ['name'],
  },
  Kept: { type: 'object', properties: { pet: { $ref: '#/$defs/Pet' }, owner: { $ref: '#/$defs/LeftOut' } } },
  Choice: { oneOf: [{ type: 'number' }, { type: 'integer' }] },
};

const takes = (body: object, more: object = {}): ObjectSchema => ({ type: 'object', properties: { body }, ...more });
const shared = (name: string) => ({ $ref: `#/$defs/${name}` });

describe('checks of arguments', () => {
  const check = openInputChecks({ schemas, tools: [] });

  it('[OPENAPI-CALL-15] follow what schemas share, also where it points to itself or to a part that was left out', async () => {
    const kept = check(takes(shared('Kept')));
    expect(await kept({ body: { pet: { name: 'a', friends: [{ name: 'b' }] }, owner: 7 } })).toBeUndefined();
    expect(await kept({ body: { pet: { name: 'a', friends: [{}] } } })).toContain('/body/pet/friends/0');
    expect(await check(takes(shared('Nowhere')))({ body: [1] })).toBeUndefined();
  });

  it('[OPENAPI-CALL-15] judge only what is given, also under names that every object inherits', async () => {
    const text = { type: 'string' };
    const seasons = check({ type: 'object', properties: { constructor: text, toString: text, year: text } });
    expect(await seasons({ year: '1950' })).toBeUndefined();
    expect(await seasons({ constructor: 7 })).toBe('/constructor must be string');
    const needs = check({ type: 'object', properties: { constructor: text }, required: ['constructor'] });
    expect(await needs({})).toContain("must have required property 'constructor'");
  });

  it('[GENERATE-18] refuse lists too long to tell their entries apart, also where only a shared schema wants that', async () => {
    const rows = Array.from({ length: 20_000 }, (_, id) => ({ id }));
    const unique = openInputChecks({ schemas: { Ids: { type: 'array', uniqueItems: true } }, tools: [] });
    expect(await unique(takes(shared('Ids')))({ body: rows })).toContain('at most 5000 in one');
    expect(await check(takes({ type: 'array' }))({ body: rows })).toBeUndefined();
  });

  it('[OPENAPI-CALL-15] take a value that fits several alternatives', async () => {
    expect(await check(takes(shared('Choice')))({ body: 1 })).toBeUndefined();
    const both = { oneOf: [{ type: 'number' }, {}], anyOf: [{ type: 'string' }, { minimum: 3 }] };
    expect(await check(takes(both))({ body: 4 })).toBeUndefined();
    expect(await check(takes(both))({ body: 1 })).toBeDefined();
    expect(
      await check(takes({ type: 'object', properties: { oneOf: { type: 'string' } } }))({ body: { oneOf: 1 } }),
    ).toContain('/body/oneOf');
  });

  it('[OPENAPI-CALL-15] tell definitions of the same name apart', async () => {
    const listed = (type: string) => takes(shared('Id'), { $defs: { Id: { type } } });
    const tools = [listed('string'), listed('integer')].map((inputSchema, index) =>
      operation({ path: `/${index}` }, { inputSchema }),
    );
    const own = openInputChecks({ tools });
    const [text, whole] = tools.map(({ inputSchema }) => own(inputSchema as ObjectSchema));
    expect(await text!({ body: 'a' })).toBeUndefined();
    expect(await whole!({ body: 1 })).toBeUndefined();
    expect(await whole!({ body: 'a' })).toBe('/body must be integer');
  });

  it('[OPENAPI-CALL-15] go on when more operations were called than are kept compiled', async () => {
    const checks = Array.from({ length: 450 }, (_, index) => check(takes(shared('Pet'), { title: String(index) })));
    for (const one of [...checks, ...checks.slice(0, 20)]) {
      expect(await one({ body: { name: 'a' } })).toBeUndefined();
      expect(await one({ body: {} })).toContain("must have required property 'name'");
    }
  });
});
