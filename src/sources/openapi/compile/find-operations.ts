import { cut } from '../../../util/index.ts';
import { isObject, own, step } from './json.ts';
import type { JsonObject } from './json.ts';
import { resolve } from './resolve.ts';
import { isPoisoned } from './text.ts';
import type { Context, Place } from './types.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** An operation of the document, found and not yet compiled. */
export interface FoundOperation {
  /** As it is sent. */
  readonly method: string;
  readonly path: string;
  /** Where it stands in the document, as JSONPath. */
  readonly target: string;
  readonly pathItem: Place;
  readonly operation: Place;
}

/** Longest path of an operation, in characters; servers take some 8,000 of a whole address. */
const longestPath = 2000;

/** Every operation under `paths`; a path item may be a reference (OpenAPI 3.1.1, 4.8.9). */
export function findOperations(context: Context): FoundOperation[] {
  const paths = own(context.root, 'paths');
  if (!isObject(paths)) return [];
  return Object.entries(paths).flatMap(([path, given]) => {
    const where = `#/paths${step(path)}`;
    if (path.startsWith('x-')) return [];
    if (path.length > longestPath) {
      context.remark({ where: '#/paths', what: 'A path is too long to be called.', action: 'left_out' });
      return [];
    }
    if (isPoisoned(path) || /[\t\r\n\u2028\u2029]/.test(path)) {
      context.remark({ where, what: 'The path holds what is not shown to a model.', action: 'left_out' });
      return [];
    }
    const pathItem = pathItemOf(context, given, where);
    return pathItem === undefined ? [] : inPathItem(context, path, pathItem);
  });
}

/** What stands beside the `$ref` of a path item holds too, as readers of both versions take it. */
function pathItemOf(context: Context, given: unknown, where: string): Place | undefined {
  const place = resolve(context, given, where);
  if (place === undefined || !isObject(given) || given['$ref'] === undefined) return place;
  const { $ref: _reference, ...beside } = given;
  return { value: { ...place.value, ...beside }, where: place.where };
}

function inPathItem(context: Context, path: string, pathItem: Place): FoundOperation[] {
  const at = (place: string): string => `$.paths['${path.replaceAll(/['\\]/g, '\\$&')}']${place}`;
  const given = methods.map((field) => ({
    field: `/${field}`,
    method: field.toUpperCase(),
    target: at(`.${field}`),
    value: own(pathItem.value, field),
  }));
  const more = own(pathItem.value, 'additionalOperations');
  const others = isObject(more) ? additional(context, more, pathItem) : [];
  return [...given, ...others.map((other) => ({ ...other, target: at(`.additionalOperations['${other.method}']`) }))]
    .filter(({ value }) => value !== undefined && value !== null)
    .flatMap(({ field, method, target, value }): FoundOperation[] => {
      const operation = resolve(context, value, `${pathItem.where}${field}`);
      return operation === undefined ? [] : [{ method, path, target, pathItem, operation }];
    });
}

/** RFC 9110, 5.6.2. */
const token = /^[\w!#$%&'*+.^`|~-]{1,40}$/;

/** OpenAPI 3.2, Path Item Object: methods without a field of their own, in the capitalization that is sent. */
function additional(
  context: Context,
  more: JsonObject,
  { value, where: holder }: Place,
): { field: string; method: string; value: unknown }[] {
  return Object.keys(more).flatMap((name) => {
    const field = `/additionalOperations${step(name)}`;
    const where = `${holder}${field}`;
    const known = methods.find((method) => method === name.toLowerCase());
    // A tunnel (RFC 9110, 9.3.6) is no call that has an answer.
    if (!token.test(name) || name.toUpperCase() === 'CONNECT') {
      context.remark({ where, what: `The method ${cut(name, 40)} cannot be sent.`, action: 'left_out' });
      return [];
    }
    if (known === undefined) return [{ field, method: name, value: own(more, name) }];
    const twice = own(value, known) !== undefined;
    const what = `${cut(name, 40)} has the field \`${known}\` of its own, ${twice ? 'which stands here too' : 'and is taken as that'}.`;
    context.remark({ where, what, action: twice ? 'left_out' : 'mended' });
    return twice ? [] : [{ field, method: known.toUpperCase(), value: own(more, name) }];
  });
}
