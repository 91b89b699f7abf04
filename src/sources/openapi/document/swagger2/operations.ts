import type { Json } from '../../../../spec/index.ts';
import { isObject, listOf, own } from '../tree.ts';
import type { JsonObject } from '../types.ts';
import { bodyOf, formOf } from './body.ts';
import { splitParameters } from './parameters.ts';
import type { SplitParameters } from './parameters.ts';
import { follow } from './references.ts';
import { convertResponses } from './responses.ts';
import { operationServers } from './servers.ts';
import type { Conversion } from './types.ts';

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);

/** A Path Item Object of 2.0 as one of 3.0; one that is only a reference is written out. */
export function convertPathItem(conversion: Conversion, given: Json, where: string): Json {
  const { target } = follow(conversion, given);
  if (target === undefined) return given;
  const beside = isObject(given) ? given : {};
  const { $ref: _, ...item }: JsonObject = { ...target, ...beside };
  const shared = splitParameters(conversion, own(item, 'parameters'), `${where}/parameters`);
  const converted = Object.entries(item).map(([key, value]): [string, Json] => {
    if (key === 'parameters') return [key, shared.parameters];
    return [
      key,
      methods.has(key) && isObject(value) ? convertOperation(conversion, value, shared, `${where}/${key}`) : value,
    ];
  });
  return Object.fromEntries(converted);
}

function convertOperation(
  conversion: Conversion,
  operation: JsonObject,
  shared: SplitParameters,
  where: string,
): JsonObject {
  const { consumes, produces, schemes, parameters, responses, ...rest } = operation;
  const split = splitParameters(conversion, parameters, `${where}/parameters`);
  const taken = mediaTypes(consumes ?? own(conversion.root, 'consumes'));
  const given = mediaTypes(produces ?? own(conversion.root, 'produces'));
  const servers = operationServers(conversion, schemes);
  const body = requestBodyOf(conversion, split, shared, taken, where);
  return {
    ...rest,
    ...(split.parameters.length === 0 ? {} : { parameters: split.parameters }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: convertResponses(conversion, responses, given, produces === undefined),
    ...(servers === undefined ? {} : { servers }),
  };
}

/** The operation's own body or form; that of the path where it has none. Fields of a form add up by name. */
function requestBodyOf(
  conversion: Conversion,
  split: SplitParameters,
  shared: SplitParameters,
  consumes: readonly string[],
  where: string,
): JsonObject | undefined {
  const bodies = split.bodies.length > 0 || split.fields.length > 0 ? split.bodies : shared.bodies;
  const [body] = bodies;
  if (bodies.length > 1 || (body !== undefined && split.fields.length > 0))
    conversion.remark({
      where: `${where}/parameters`,
      what: 'There is more than one body; the first is taken.',
      action: 'left_out',
    });
  if (body !== undefined) return bodyOf(conversion, body, consumes);
  const fields = new Map([...shared.fields, ...split.fields].map((field) => [field['name'], field]));
  return fields.size === 0 ? undefined : formOf(conversion, [...fields.values()], consumes, where);
}

export const mediaTypes = (given: Json | undefined): string[] => [
  ...new Set(listOf(given).filter((type): type is string => typeof type === 'string' && type.includes('/'))),
];
