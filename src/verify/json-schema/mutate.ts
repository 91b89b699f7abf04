import type { Json, JsonSchema } from '../../spec/index.ts';
import { isSchema } from './validate.ts';

export interface WrongInput {
  /** What was made wrong, in words. */
  readonly how: string;
  readonly arguments: { readonly [key: string]: Json };
  /** Taking it is no fault: parsers on the way drop what is wrong in it. */
  readonly harmless?: true;
}

const huge = 'x'.repeat(300_000);
const odd = '\u0000\u202e\ud83d\ude00 \u0301'.repeat(40);

/**
 * The classic wrong arguments made from right ones: missing, null, of another type, too many, huge, odd text, `__proto__`.
 * Whether each must be refused is for the schema to say; at most `most` are made, spread over the parameters.
 */
export function wrongInputs(schema: JsonSchema, right: { readonly [key: string]: Json }, most = 24): WrongInput[] {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required'])
    ? schema['required'].filter((name) => typeof name === 'string')
    : [];
  const names = Object.keys(properties).slice(0, 12);
  const made: WrongInput[] = [
    { how: 'no parameters at all', arguments: {} },
    { how: 'an unknown parameter', arguments: { ...right, no_such_parameter: 1 } },
    { how: 'an unknown parameter that is null', arguments: { ...right, no_such_parameter: null } },
    { how: 'a `__proto__` parameter', arguments: polluted(right), harmless: true },
  ];
  for (const name of required) made.push({ how: `\`${name}\` missing`, arguments: without(right, name) });
  for (const name of names) {
    made.push({ how: `\`${name}\` of another type`, arguments: { ...right, [name]: otherType(properties[name]) } });
  }
  for (const name of names) made.push({ how: `\`${name}\` null`, arguments: { ...right, [name]: null } });
  const texts = names.filter((name) => mayBeText(properties[name]));
  for (const name of texts) made.push({ how: `\`${name}\` with odd characters`, arguments: { ...right, [name]: odd } });
  for (const name of texts.slice(0, 2))
    made.push({ how: `\`${name}\` of 300,000 characters`, arguments: { ...right, [name]: huge } });
  return made.slice(0, most);
}

function without(value: { readonly [key: string]: Json }, name: string): { [key: string]: Json } {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}

/** An own key named `__proto__`, as `JSON.parse` makes it. */
function polluted(value: { readonly [key: string]: Json }): { [key: string]: Json } {
  const copy: { [key: string]: Json } = { ...value };
  Object.defineProperty(copy, '__proto__', {
    value: { polluted: true },
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}

function otherType(schema: Json | undefined): Json {
  const declared = isSchema(schema) ? schema['type'] : undefined;
  const types = Array.isArray(declared) ? declared : [declared];
  if (!types.includes('array') && !types.includes('object')) return types.includes('string') ? [42] : { wrong: true };
  return types.includes('object') ? 'wrong' : 42;
}

function mayBeText(schema: Json | undefined): boolean {
  const declared = isSchema(schema) ? schema['type'] : undefined;
  return declared === 'string' || (Array.isArray(declared) && declared.includes('string'));
}
