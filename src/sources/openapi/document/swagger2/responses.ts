import type { Json } from '../../../../spec/index.ts';
import { isObject, own } from '../tree.ts';
import type { JsonObject } from '../types.ts';
import { follow } from './references.ts';
import { convertReference, convertSchema } from './schemas.ts';
import type { Conversion } from './types.ts';
import { isArray, schemaOf } from './value-schema.ts';

/** Responses by status; one that is shared is referred to when the operation produces what the whole document does. */
export function convertResponses(
  conversion: Conversion,
  given: Json | undefined,
  produces: readonly string[],
  shares: boolean,
): JsonObject {
  const responses: JsonObject = {};
  for (const [status, one] of isObject(given) ? Object.entries(given) : []) {
    if (status.startsWith('x-')) responses[status] = one;
    else {
      const { target, reference } = follow(conversion, one);
      const shared =
        reference !== undefined && (target === undefined || (shares && /^#\/responses\/[^/]+$/.test(reference)));
      if (shared) responses[status] = { $ref: convertReference(conversion, reference) };
      else if (target !== undefined) responses[status] = convertResponse(conversion, target, produces);
      else responses[status] = one;
    }
  }
  return responses;
}

export function convertResponse(conversion: Conversion, response: JsonObject, produces: readonly string[]): JsonObject {
  const { schema, headers, examples, ...rest } = response;
  convertSchema(conversion, schema);
  const byType = isObject(examples) ? examples : {};
  const types = produces.length > 0 ? produces : [isBytes(schema) ? 'application/octet-stream' : 'application/json'];
  const named =
    schema === undefined
      ? Object.keys(byType)
      : [...new Set([...types, ...Object.keys(byType).filter((type) => type.includes('/'))])];
  const content = named.map((type): [string, JsonObject] => [
    type,
    {
      ...(schema === undefined ? {} : { schema }),
      ...(Object.hasOwn(byType, type) ? { example: byType[type] as Json } : {}),
    },
  ]);
  return {
    ...rest,
    ...(content.length === 0 ? {} : { content: Object.fromEntries(content) }),
    ...(isObject(headers) ? { headers: convertHeaders(conversion, headers) } : {}),
  };
}

const isBytes = (schema: Json | undefined): boolean =>
  own(schema, 'type') === 'string' && own(schema, 'format') === 'binary';

function convertHeaders(conversion: Conversion, headers: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, header]) => {
      if (!isObject(header)) return [];
      const description = own(header, 'description');
      const converted = {
        ...(description === undefined ? {} : { description }),
        ...(isArray(header) ? { style: 'simple', explode: false } : {}),
        schema: schemaOf(conversion, header, '#/headers'),
      };
      return [[name, converted]];
    }),
  );
}
