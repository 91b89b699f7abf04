import type { Json } from '../../../../spec/index.ts';
import { isObject, own, pointedTo, pointerKeys, textOf } from '../tree.ts';
import type { JsonObject } from '../types.ts';
import { convertSchema } from './schemas.ts';
import type { Conversion } from './types.ts';

const places = {
  definitions: 'schemas',
  parameters: 'parameters',
  responses: 'responses',
  securityDefinitions: 'securitySchemes',
} as const;

/** An internal reference of 2.0 as it is in 3.0. A schema that stands inside an operation moves to the components. */
export function convertReference(conversion: Conversion, reference: string): string {
  const [, place, rest = ''] =
    /^#\/(definitions|parameters|responses|securityDefinitions)(\/.*)?$/s.exec(reference) ?? [];
  if (place !== undefined) return `#/components/${places[place as keyof typeof places]}${rest}`;
  if (!reference.startsWith('#/paths/')) return reference;
  const { schemas } = conversion.components;
  const name = pointerKeys(reference.slice(1))
    .slice(1)
    .join('_')
    .replaceAll(/[^\w.-]+/g, '_')
    .slice(-100);
  const target = pointedTo(conversion.root, reference.slice(1));
  if (!isObject(target)) return reference;
  if (!Object.hasOwn(schemas, name)) {
    schemas[name] = target;
    convertSchema(conversion, target);
  }
  return `#/components/schemas/${name}`;
}

/** What a reference object leads to in the 2.0 document, over any number of steps, with the first reference on the way. */
export function follow(
  conversion: Conversion,
  value: Json | undefined,
): { target: JsonObject | undefined; reference?: string } {
  const seen = new Set<string>();
  let current = value;
  for (
    let reference = textOf(own(current, '$ref'));
    reference !== undefined;
    reference = textOf(own(current, '$ref'))
  ) {
    if (seen.has(reference)) return { target: undefined };
    seen.add(reference);
    current = reference.startsWith('#') ? pointedTo(conversion.root, reference.slice(1)) : undefined;
  }
  const [reference] = seen;
  return { target: isObject(current) ? current : undefined, ...(reference === undefined ? {} : { reference }) };
}
