import { isObject, list, own, step } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { isPoisoned } from '../text.ts';
import type { Context } from '../types.ts';
import { factsOf } from './facts.ts';
import { behind } from './reference.ts';

/** The property that chooses among alternatives, and the values that choose each. */
export interface AlternativeValues {
  readonly name: string;
  readonly of: readonly (readonly string[] | undefined)[];
}

/**
 * The values by which a discriminator tells its alternatives apart (OpenAPI 3.1.1, 4.8.25): those that `mapping` gives
 * each, else the schema's name. An alternative that lists its values itself, or lacks the property, gets none.
 */
export function alternativeValues(
  context: Context,
  raw: JsonObject,
  alternatives: readonly unknown[],
): AlternativeValues | undefined {
  const discriminator = own(raw, 'discriminator');
  const name = isObject(discriminator) ? discriminator['propertyName'] : undefined;
  if (typeof name !== 'string' || name === '' || name === '__proto__') return undefined;
  const mapping =
    isObject(discriminator) && isObject(discriminator['mapping']) ? Object.entries(discriminator['mapping']) : [];
  const of = alternatives.map((alternative) => {
    const reference =
      isObject(alternative) && typeof alternative['$ref'] === 'string' ? alternative['$ref'] : undefined;
    if (reference === undefined || !isFree(context, alternative as JsonObject, name)) return undefined;
    const mapped = mapping.filter(([, target]) => sameSchema(target, reference)).map(([value]) => value);
    if (mapped.some(isPoisoned)) return undefined;
    return mapped.length > 0 ? mapped : [decodeURIComponentSafe(reference.split('/').at(-1) ?? '')];
  });
  return of.every((values) => values === undefined) ? undefined : { name, of };
}

/** Mappings name a schema by its name or by a reference. */
const sameSchema = (target: unknown, reference: string): boolean =>
  target === reference || (typeof target === 'string' && `#/components/schemas${step(target)}` === reference);

function decodeURIComponentSafe(key: string): string {
  try {
    return decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return key;
  }
}

/** Whether the alternative declares the property as a text whose values it does not list. */
function isFree(context: Context, alternative: JsonObject, name: string): boolean {
  if (!factsOf(context, alternative).names.has(name)) return false;
  return declarations(context, alternative, name).every((property) => {
    const type = own(property, 'type');
    return (
      !Object.hasOwn(property, 'enum') &&
      !Object.hasOwn(property, 'const') &&
      property['readOnly'] !== true &&
      (type === undefined || type === 'string' || (Array.isArray(type) && type.includes('string')))
    );
  });
}

function declarations(context: Context, raw: unknown, name: string, seen: Set<JsonObject> = new Set()): JsonObject[] {
  const schema = behind(context, raw);
  if (schema === undefined || seen.has(schema) || seen.size > 200) return [];
  seen.add(schema);
  const properties = own(schema, 'properties');
  const here = isObject(properties) ? behind(context, own(properties, name)) : undefined;
  const parts = list(schema['allOf']).flatMap((part) => declarations(context, part, name, seen));
  return here === undefined ? parts : [here, ...parts];
}
