import { expect, it } from 'vitest';
import type { JsonSchema } from '../spec/index.ts';
import { objectionToSchema } from './schema-check.ts';

/** A schema that counts how often it is looked at. */
function counted(schema: JsonSchema): { readonly schema: JsonSchema; looks(): number } {
  let looks = 0;
  const own = Object.defineProperty({ ...schema }, 'type', { enumerable: true, get: () => (looks++, schema['type']) });
  return { schema: own as JsonSchema, looks: () => looks };
}

it('[ROBUST-12] references that double at each step are followed once each', () => {
  const depth = 14;
  const last = counted({ type: 'string' });
  const to = (index: number): JsonSchema => ({ $ref: `#/$defs/step_${index}` });
  const steps = Array.from({ length: depth }, (_, index): [string, JsonSchema] => [
    `step_${index}`,
    { type: 'object', properties: { a: to(index + 1), b: to(index + 1) } },
  ]);
  const $defs = Object.fromEntries([...steps, [`step_${depth}`, last.schema]]);
  expect(objectionToSchema({ type: 'object', properties: { a: to(0) }, $defs })).toBeUndefined();
  expect(last.looks()).toBeLessThan(100);
});

it('[ROBUST-12] references to one schema make its code once', () => {
  const shared = counted({ type: 'object', properties: { a: { type: 'string' } } });
  const properties = Object.fromEntries(
    Array.from({ length: 500 }, (_, index) => [`f${index}`, { $ref: '#/$defs/s' }]),
  );
  expect(objectionToSchema({ type: 'object', properties, $defs: { s: shared.schema } })).toBeUndefined();
  expect(shared.looks()).toBeLessThan(100);
});
