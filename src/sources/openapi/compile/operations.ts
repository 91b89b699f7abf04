import type { HttpOperation, JsonSchema, Tool } from '../../../spec/index.ts';
import { cut } from '../../../util/index.ts';
import { annotationsOf } from './annotations.ts';
import { bodyName } from './argument-names.ts';
import { compileBody, sendsXml } from './body.ts';
import { openExamples } from './examples.ts';
import type { FoundOperation } from './find-operations.ts';
import { strings } from './json.ts';
import type { JsonObject } from './json.ts';
import { uniqueNames } from './names/unique.ts';
import { operationIdOf, remarkIds, suggestId } from './operation-ids.ts';
import { wordsOf } from './operation-text.ts';
import { paginationOf } from './pagination.ts';
import { compileParameters } from './parameters.ts';
import { isArray } from './relaxed.ts';
import { compileResponse } from './responses.ts';
import type { CompiledResponse } from './responses.ts';
import { requirementsOf } from './security-requirements.ts';
import type { CompiledSecurity } from './security.ts';
import type { Servers } from './servers.ts';
import { isPoisoned } from './text.ts';
import type { Context } from './types.ts';

/** What operations are compiled with. */
export interface Around {
  readonly context: Context;
  readonly servers: Servers;
  readonly security: CompiledSecurity;
}

type KeepExamples = ReturnType<typeof openExamples>;

/** Operations as tools, each with its name; what is wrong with one costs that one alone. */
export function compileOperations(around: Around, found: readonly FoundOperation[]): Tool[] {
  const { context } = around;
  const prepared = found.flatMap((one) => {
    const response = attempt(context, one, () => compileResponse(context, one.operation));
    return response === undefined ? [] : [{ one, response }];
  });
  context.xml = found.some(({ operation }) => sendsXml(context, operation));
  const keep = openExamples();
  const names = uniqueNames(
    prepared.map(({ one, response }) => ({
      method: one.method,
      path: one.path,
      operationId: operationIdOf(one),
      tags: strings(one.operation.value['tags']),
      lists: isArray(context, response.schema),
    })),
  );
  remarkIds(
    context,
    prepared.map(({ one }, at) => [one, names[at] ?? '']),
  );
  const tools = prepared.flatMap(({ one, response }, at) => {
    const tool = attempt(context, one, () =>
      compileOperation({ ...around, keep }, one, response, names[at] ?? `operation_${at}`),
    );
    return tool === undefined ? [] : [tool];
  });
  // Remarks have an end: what is wrong comes before what could be better.
  for (const [at, { one }] of prepared.entries()) suggestId(context, one, names[at] ?? '');
  return tools;
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

function compileOperation(
  { context, servers, security, keep }: Around & { readonly keep: KeepExamples },
  one: FoundOperation,
  response: CompiledResponse,
  name: string,
): Tool {
  const { method, pathItem, operation } = one;
  const requirements = requirementsOf(context, operation.value, operation.where, security.schemes);
  const credentials = keysOf(requirements, security.schemes);
  const { path: written, parameters } = compileParameters(context, {
    path: one.path,
    pathItem,
    operation,
    credentials,
  });
  const path = withSlash(context, written, pathItem.where);
  const taken = parameters.map(({ wire }) => wire.argument);
  const body = compileBody(context, operation, bodyName(taken), taken);
  const pagination = paginationOf(context, method, parameters, response);
  const annotations = annotationsOf(method, name, path);
  const properties: [string, JsonSchema][] = parameters.map(({ wire, schema }) => [wire.argument, schema]);
  if (body !== undefined) properties.push([body.wire.argument, body.schema]);
  if (body?.choice !== undefined) properties.push([body.choice.wire.argument, body.choice.schema]);
  const required = parameters.filter(({ wire }) => wire.required).map(({ wire }) => wire.argument);
  if (body?.wire.required === true) required.push(body.wire.argument);
  const operationId = operationIdOf(one);
  const examples = keep(
    [...parameters, ...(body === undefined ? [] : [body])].map(({ wire, example }) => [wire.argument, example]),
  );
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
      ...(examples !== undefined && { examples }),
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

/** A path begins with a slash (OpenAPI 3.1.1, 4.8.8.1); one that does not would run into the server's address. */
function withSlash({ remark }: Context, path: string, where: string): string {
  if (/^[/?#]/.test(path) || path === '') return path;
  remark({ where, what: 'The path does not begin with a slash; it is called with one.', action: 'mended' });
  return `/${path}`;
}
