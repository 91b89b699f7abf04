import type { Json } from '../../../../spec/index.ts';
import { isObject, listOf, own, textOf } from '../tree.ts';
import type { JsonObject } from '../types.ts';
import { follow } from './references.ts';
import { convertReference } from './schemas.ts';
import type { Conversion } from './types.ts';
import { joined, schemaOf, styleOf } from './value-schema.ts';

/** Parameters of one operation or path item, apart by what they become. */
export interface SplitParameters {
  readonly parameters: Json[];
  readonly bodies: JsonObject[];
  readonly fields: JsonObject[];
}

/** Sorts 2.0 parameters into those that stay parameters and those that become the request body. Broken ones are left out. */
export function splitParameters(conversion: Conversion, given: Json | undefined, where: string): SplitParameters {
  const split: SplitParameters = { parameters: [], bodies: [], fields: [] };
  for (const [index, one] of listOf(given).entries()) {
    const place = `${where}/${index}`;
    const { target, reference } = follow(conversion, one);
    const location = textOf(own(target, 'in'));
    if (target === undefined && isObject(one) && own(one, '$ref') !== undefined)
      split.parameters.push(dangling(conversion, one));
    else if (target !== undefined && location === 'body') split.bodies.push(target);
    else if (target !== undefined && location === 'formData') split.fields.push(target);
    else if (target !== undefined && ['query', 'path', 'header'].includes(location ?? ''))
      split.parameters.push(
        reference !== undefined && /^#\/parameters\/[^/]+$/.test(reference)
          ? { $ref: convertReference(conversion, reference) }
          : convertParameter(conversion, target, place),
      );
    else
      conversion.remark({
        where: place,
        what: 'Not a parameter of Swagger 2.0: it has no `in` of the five there are.',
        action: 'left_out',
      });
  }
  return split;
}

/** Says itself that it leads nowhere, as every reference does. */
const dangling = (conversion: Conversion, one: JsonObject): Json => ({
  $ref: convertReference(conversion, String(one['$ref'])),
});

/** A parameter in path, query or header as it is in 3.0. */
export function convertParameter(conversion: Conversion, parameter: JsonObject, where: string): JsonObject {
  const place = String(parameter['in']);
  const style = styleOf(parameter, place);
  const example = own(parameter, 'x-example');
  const kept = Object.entries(parameter).filter(([key]) => stays.has(key) || key.startsWith('x-'));
  return {
    ...Object.fromEntries(kept),
    ...style,
    schema: style === undefined ? joined(conversion, parameter, where) : schemaOf(conversion, parameter, where),
    ...(example === undefined ? {} : { example }),
  };
}

const stays = new Set(['name', 'in', 'description', 'required', 'allowEmptyValue', 'deprecated', 'example']);
