import { own, textOf } from '../tree.ts';
import type { JsonObject } from '../types.ts';
import { walk } from '../walk.ts';
import { convertReference } from './references.ts';
import type { Conversion } from './types.ts';

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
