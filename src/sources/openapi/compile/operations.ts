import type { HttpOperation, JsonSchema, Tool } from '../../../spec/index.ts';
import { cut } from '../../../util/index.ts';
import { annotationsOf } from './annotations.ts';
import { bodyName } from './argument-names.ts';
import { compileBody, sendsXml } from './body.ts';
import { isObject, own, step, strings, text } from './json.ts';
import type { JsonObject } from './json.ts';
import { uniqueNames } from './names/unique.ts';
import { wordsOf } from './operation-text.ts';
import { paginationOf } from './pagination.ts';
import { compileParameters } from './parameters.ts';
import { isArray } from './relaxed.ts';
import { resolve } from './resolve.ts';
import { compileResponse } from './responses.ts';
import type { CompiledResponse } from './responses.ts';
import { requirementsOf } from './security.ts';
import type { CompiledSecurity } from './security.ts';
import type { Servers } from './servers.ts';
import { isPoisoned } from './text.ts';
import type { Context, Place } from './types.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const;

/** An operation of the document, found and not yet compiled. */
export interface FoundOperation {
  readonly method: HttpOperation['method'];
  readonly path: string;
  readonly pathItem: Place;
  readonly operation: Place;
}

/** Every operation under `paths`; a path item may be a reference (OpenAPI 3.1.1, 4.8.9). */
export function findOperations(context: Context): FoundOperation[] {
  const paths = own(context.root, 'paths');
  if (!isObject(paths)) return [];
  return Object.entries(paths).flatMap(([path, given]) => {
    const where = `#/paths${step(path)}`;
    if (path.startsWith('x-')) return [];
    if (isPoisoned(path)) {
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
  // OpenAPI 3.2, 4.9: methods without a field of their own, as they are sent.
  const more = own(pathItem.value, 'additionalOperations');
  const others = isObject(more)
    ? Object.keys(more).filter((method) => methods.includes(method.toLowerCase() as never))
    : [];
  for (const method of isObject(more) ? Object.keys(more) : [])
    if (!others.includes(method))
      context.remark({
        where: `${pathItem.where}/additionalOperations${step(method)}`,
        what: `The method ${cut(method, 40)} is not one that is sent.`,
        action: 'left_out',
      });
  const found = methods.flatMap((method): FoundOperation[] => {
    const other = others.find((name) => name.toLowerCase() === method);
    const given = own(pathItem.value, method) ?? (other === undefined ? undefined : own(more as JsonObject, other));
    if (given === undefined || given === null) return [];
    const operation = resolve(context, given, `${pathItem.where}/${method}`);
    return operation === undefined
      ? []
      : [{ method: method.toUpperCase() as HttpOperation['method'], path, pathItem, operation }];
  });
  return found;
}

/** What operations are compiled with. */
export interface Around {
  readonly context: Context;
  readonly servers: Servers;
  readonly security: CompiledSecurity;
}

/** Operations as tools, each with its name; what is wrong with one costs that one alone. */
export function compileOperations(around: Around, found: readonly FoundOperation[]): Tool[] {
  const { context } = around;
  const prepared = found.flatMap((one) => {
    const response = attempt(context, one, () => compileResponse(context, one.operation));
    return response === undefined ? [] : [{ one, response }];
  });
  context.xml = found.some(({ operation }) => sendsXml(context, operation));
  remarkDuplicates(context, found);
  const names = uniqueNames(
    prepared.map(({ one, response }) => ({
      method: one.method,
      path: one.path,
      operationId: operationIdOf(one),
      tags: strings(one.operation.value['tags']),
      lists: isArray(context, response.schema),
    })),
  );
  return prepared.flatMap(({ one, response }, at) => {
    const tool = attempt(context, one, () => compileOperation(around, one, response, names[at] ?? `operation_${at}`));
    return tool === undefined ? [] : [tool];
  });
}

/** A fault of ours in one operation must not cost the others. */
function attempt<Value>(context: Context, { operation }: FoundOperation, make: () => Value): Value | undefined {
  try {
    return make();
  } catch (error) {
    const what = `The operation could not be read: ${cut(error instanceof Error ? error.message : String(error), 200)}`;
    context.remark({ where: operation.where, what, action: 'left_out' });
    return undefined;
  }
}

const operationIdOf = ({ operation }: FoundOperation): string | undefined =>
  text(own(operation.value, 'operationId')).trim() || undefined;

function remarkDuplicates(context: Context, found: readonly FoundOperation[]): void {
  const seen = new Set<string>();
  for (const one of found) {
    const id = operationIdOf(one);
    if (id === undefined) continue;
    if (seen.has(id)) {
      const path = one.path.replaceAll("'", "\\'");
      const overlay = {
        target: `$.paths['${path}'].${one.method.toLowerCase()}`,
        update: { operationId: `${cut(id, 60)}_${one.method.toLowerCase()}` },
      };
      context.remark({
        where: one.operation.where,
        what: `The operationId ${cut(id, 80)} is used twice.`,
        action: 'mended',
        overlay,
      });
    }
    seen.add(id);
  }
}

function compileOperation(
  { context, servers, security }: Around,
  one: FoundOperation,
  response: CompiledResponse,
  name: string,
): Tool {
  const { method, pathItem, operation } = one;
  const requirements = requirementsOf(context, operation.value, operation.where, security.schemes);
  const credentials = keysOf(requirements, security.schemes);
  const { path, parameters } = compileParameters(context, { path: one.path, pathItem, operation, credentials });
  const body = compileBody(context, operation, bodyName(parameters.map(({ wire }) => wire.argument)));
  const pagination = paginationOf(context, method, parameters, response);
  const annotations = annotationsOf(method, name, path);
  const properties: [string, JsonSchema][] = parameters.map(({ wire, schema }) => [wire.argument, schema]);
  if (body !== undefined) properties.push([body.wire.argument, body.schema]);
  const required = parameters.filter(({ wire }) => wire.required).map(({ wire }) => wire.argument);
  if (body?.wire.required === true) required.push(body.wire.argument);
  const operationId = operationIdOf(one);
  return {
    name,
    ...wordsOf(context, operation, { name, pathItem: pathItem.value, response, reads: annotations.readOnlyHint }),
    input: {
      type: 'object',
      properties: Object.fromEntries(properties),
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    },
    ...(response.output !== undefined && { output: response.output }),
    annotations,
    implementation: {
      kind: 'http',
      ...(operationId !== undefined && !isPoisoned(operationId) && { operationId: cut(operationId, 200) }),
      method,
      path,
      server: servers.of(pathItem.value, operation.value, operation.where),
      tags: tagsOf(operation.value),
      parameters: parameters.map(({ wire }) => wire),
      ...(body !== undefined && { body: body.wire }),
      security: requirements,
      accept: [...response.accept],
      ...(pagination !== undefined && { pagination }),
    },
    examples: [],
  };
}

/** Places of the API keys by which the operation is called: what also stands there as a parameter comes from the environment. */
const keysOf = (requirements: HttpOperation['security'], schemes: CompiledSecurity['schemes']): Set<string> =>
  new Set(
    requirements.flatMap((requirement) =>
      Object.keys(requirement).flatMap((name) => {
        const scheme = schemes[name];
        if (scheme?.type !== 'apiKey') return [];
        return [`${scheme.in}:${scheme.in === 'header' ? scheme.name.toLowerCase() : scheme.name}`];
      }),
    ),
  );

const tagsOf = (operation: JsonObject): string[] =>
  [...new Set(strings(operation['tags']).map((tag) => cut(tag.trim(), 100)))]
    .filter((tag) => tag !== '' && !isPoisoned(tag))
    .slice(0, 20);
