import { isObject, own, pointedTo, pointerKeys, textOf } from '../tree.ts';
import type { JsonObject } from '../types.ts';
import { walk } from '../walk.ts';
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

/**
 * A Schema Object of 2.0 as one of 3.0, in place, with all in it: references lead to components, `discriminator` becomes
 * an object, `x-nullable` the keyword, `file` a string of bytes (Swagger 2.0, Schema Object; OpenAPI 3.0.4, 4.7.24).
 */
export function convertSchema(conversion: Conversion, schema: unknown): void {
  walk(schema, (object) => convertObject(conversion, object));
}

function convertObject(conversion: Conversion, object: JsonObject): void {
  if (conversion.converted.has(object)) return;
  conversion.converted.add(object);
  const reference = textOf(own(object, '$ref'));
  if (reference !== undefined) object['$ref'] = convertReference(conversion, reference);
  const discriminator = textOf(own(object, 'discriminator'));
  if (discriminator !== undefined) object['discriminator'] = { propertyName: discriminator };
  if (own(object, 'x-nullable') === true) object['nullable'] = true;
  if (own(object, 'type') === 'file') Object.assign(object, { type: 'string', format: 'binary' });
}
