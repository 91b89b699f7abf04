import type { Json } from '../../../../spec/index.ts';
import { isObject, own, step } from '../tree.ts';
import type { JsonObject } from '../types.ts';
import { convertPathItem, mediaTypes } from './operations.ts';
import { convertParameter } from './parameters.ts';
import { convertResponse } from './responses.ts';
import { convertSchema } from './schemas.ts';
import { convertScheme } from './security.ts';
import { serversOf } from './servers.ts';
import type { Conversion } from './types.ts';

const replaced = new Set(
  [
    'swagger swaggerVersion host basePath schemes consumes produces paths definitions parameters',
    'responses securityDefinitions',
  ].flatMap((line) => line.split(' ')),
);

/**
 * A Swagger 2.0 document as a tree of OpenAPI 3.0. A broken part costs itself alone; schemas are changed in place.
 * `held` is the key under which referenced documents hang in the root.
 */
export function convertSwagger(
  root: JsonObject,
  held: string,
  location: string | undefined,
  remark: Conversion['remark'],
): JsonObject {
  const components = { schemas: {}, parameters: {}, responses: {}, securitySchemes: {} };
  const conversion: Conversion = { root, location, components, converted: new Set(), remark };
  const produces = mediaTypes(own(root, 'produces'));
  const paths = convertEach(root, 'paths', (item, where) => convertPathItem(conversion, item, where));
  Object.assign(components.parameters, convertParameters(conversion));
  Object.assign(
    components.responses,
    convertEach(root, 'responses', (one) => (isObject(one) ? convertResponse(conversion, one, produces) : one)),
  );
  Object.assign(components.securitySchemes, convertEach(root, 'securityDefinitions', convertScheme));
  const definitions = own(root, 'definitions');
  convertSchema(conversion, { definitions: definitions ?? {} });
  if (isObject(definitions)) Object.assign(components.schemas, definitions);
  convertSchema(conversion, { definitions: own(root, held) ?? {} });
  const kept = Object.entries(root).filter(([key]) => !replaced.has(key));
  return { openapi: '3.0.4', ...Object.fromEntries(kept), servers: serversOf(conversion), paths, components };
}

/** Parameters that stay ones; those of a body are written out where they are used. */
function convertParameters(conversion: Conversion): JsonObject {
  const all = convertEach(conversion.root, 'parameters', (one, where) => {
    if (!isObject(one) || !['query', 'path', 'header'].includes(String(own(one, 'in')))) return one;
    return convertParameter(conversion, one, where);
  });
  return Object.fromEntries(
    Object.entries(all).filter(([, one]) => !['body', 'formData'].includes(String(own(one, 'in')))),
  );
}

function convertEach(root: JsonObject, field: string, convert: (value: Json, where: string) => Json): JsonObject {
  const values = own(root, field);
  if (!isObject(values)) return {};
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, convert(value, `#/${field}${step(name)}`)]),
  );
}
