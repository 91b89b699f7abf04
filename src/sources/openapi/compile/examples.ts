import type { HttpOperation, Json, JsonSchema } from '../../../spec/index.ts';
import { isObject, list, objects, own } from './json.ts';
import type { JsonObject } from './json.ts';
import type { MediaKind } from './media.ts';
import { behind } from './schema/reference.ts';
import { typesOf } from './schema/simple.ts';
import { isPoisoned } from './text.ts';
import type { Context } from './types.ts';

/** Longest example that is carried, in characters of its JSON, and all of a document together. */
const longest = 2000;
const mostTogether = 500_000;

/**
 * What the document itself shows for a parameter or a media type: its `example`, else the first of its `examples`
 * (OpenAPI 3.1.1, 4.8.12.3 and 4.8.14.2; in 3.2, 4.19, by `dataValue`), else that of its schema. Nothing where it is
 * long, or of another type than the schema's. `as`: how a media type is written; a serialized example is read by it.
 */
export function exampleOf(context: Context, shown: JsonObject, schema: JsonSchema, as?: MediaKind): Json | undefined {
  const raw = behind(context, own(shown, 'schema')) ?? {};
  const candidates = [
    own(shown, 'example'),
    ...objects(own(shown, 'examples')).map(([, example]) => valueOf(behind(context, example), as)),
    own(raw, 'example'),
    ...list(own(raw, 'examples')),
  ];
  const types = typesOf(schema) ?? typesOf(raw);
  const choices = list(schema['enum'] ?? own(raw, 'enum'));
  const isChoice = (value: unknown): boolean => choices.length === 0 || choices.includes(value);
  return candidates.find((value): value is Json => isUseful(value) && isOf(types, value) && isChoice(value));
}

function valueOf(example: JsonObject = {}, as: MediaKind | undefined): unknown {
  const value = own(example, 'dataValue') ?? own(example, 'value');
  const serialized = own(example, 'serializedValue');
  if (value !== undefined || typeof serialized !== 'string') return value;
  if (as === 'text') return serialized;
  if (as !== 'json' || serialized.length > longest) return undefined;
  try {
    return JSON.parse(serialized);
  } catch {
    return undefined;
  }
}

const isUseful = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && sizeOf(value) <= longest;

/** Sizes of what is no plain value, which many operations may share. */
const sizes = new WeakMap<object, number>();

function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value).length;
  const size = sizes.get(value) ?? JSON.stringify(value).length;
  sizes.set(value, size);
  return size;
}

function isOf(types: readonly string[] | undefined, value: unknown): boolean {
  if (types === undefined) return true;
  if (Array.isArray(value)) return types.includes('array');
  if (isObject(value)) return types.includes('object');
  if (typeof value === 'number')
    return types.includes('number') || (types.includes('integer') && Number.isInteger(value));
  return types.includes(typeof value);
}

/** Names and forms of keys, passwords and tokens: documents show real ones, and nobody should keep them. */
const secretLike =
  /"[^"]*(?:passw|passphrase|secret|token|credential|authoriz|api_?-?key|access_?-?key|private_?-?key)[^"]*":|BEGIN |(?:AKIA|ASIA)[0-9A-Z]{16}|\b(?:[sr]k|gh[opsur]|npm|hf|ntn|secret|github_pat|xox[a-z]|glpat|shpat|AIza|SG|eyJ)[-_.\w]{15}|hooks\.slack|:\/\/[^\s/"]*:[^\s/"]*@/i;

/** Keeps an operation's examples by argument, while there is room for them; none that holds a secret or instructs a model. */
export function openExamples(): (given: readonly (readonly [string, Json | undefined])[]) => HttpOperation['examples'] {
  let room = mostTogether;
  return (given) => {
    const kept = given.filter(([argument, value]) => {
      const size = value === undefined ? Infinity : sizeOf(value);
      const words = JSON.stringify({ [argument]: value });
      if (size > room || secretLike.test(words) || isPoisoned(words)) return false;
      room -= size;
      return true;
    });
    return kept.length === 0 ? undefined : (Object.fromEntries(kept) as Record<string, Json>);
  };
}
