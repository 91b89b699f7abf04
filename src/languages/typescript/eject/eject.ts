import { CrafterError } from '../../../errors.ts';
import type { Api, HttpOperation, Json, JsonSchema, Tool } from '../../../spec/index.ts';
import { bundleSchemas, camelCase, pascalCase } from '../../../util/index.ts';
import { literal, quote } from '../print/literal.ts';
import { bodyField } from './body.ts';
import { fields } from './expression.ts';
import { valueFields } from './values.ts';

/**
 * An operation of an API as plain code that a person can read and change. It sends the same request, by the helpers
 * that send all requests of the server.
 * @throws CrafterError NOT_SUPPORTED for a tool that is no operation of an API.
 */
export function ejectTool(tool: Tool, api: Api): Tool {
  const { implementation: operation } = tool;
  if (operation.kind !== 'http') {
    throw new CrafterError('NOT_SUPPORTED', `${tool.name} cannot be ejected: it is no operation of an API.`, {
      hint: 'Leave it as it is, or write it as code: mcp-crafter update SERVER with custom_tools.',
    });
  }
  const input = asCheckedBefore(bundleSchemas(tool.input, api.schemas)) as JsonSchema;
  const output = tool.output && bundleSchemas(tool.output, api.schemas);
  const code = codeOf(operation, { ...tool, input });
  return { ...tool, input, ...(output && { output }), implementation: { kind: 'code', code, operation } };
}

/**
 * Tools in code are given the defaults of their schema, and are refused what fits several alternatives of a `oneOf`. An
 * API has defaults of its own, and other means to tell alternatives apart.
 */
function asCheckedBefore(schema: Json | undefined): Json | undefined {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema;
  const { default: _api, oneOf, ...rest } = schema;
  const changed = Object.entries(rest).map(([name, part]) => [name, partAsBefore(name, part)]);
  const plain = Object.fromEntries(changed) as JsonSchema;
  if (!Array.isArray(oneOf)) return plain;
  const choice = { anyOf: oneOf.map(asCheckedBefore) as Json[] };
  if (plain['anyOf'] === undefined) return { ...plain, ...choice };
  return { ...plain, allOf: [...((plain['allOf'] as Json[] | undefined) ?? []), choice] };
}

function partAsBefore(name: string, part: Json): Json {
  if (['properties', 'patternProperties', '$defs'].includes(name) && typeof part === 'object' && part !== null)
    return Object.fromEntries(Object.entries(part).map(([key, child]) => [key, asCheckedBefore(child)])) as Json;
  if (['items', 'additionalProperties', 'not'].includes(name)) return asCheckedBefore(part) ?? part;
  const isList = ['allOf', 'anyOf', 'prefixItems'].includes(name) && Array.isArray(part);
  return isList ? (part.map(asCheckedBefore) as Json[]) : part;
}

function codeOf(operation: HttpOperation, { name, input, output }: Tool): string {
  const { method, path, body, server, security, accept, pagination } = operation;
  const given = valueFields(operation, input);
  const answer = output === undefined ? 'Record<string, unknown>' : `${pascalCase(name)}Output`;
  const request = fields(
    [
      ['method', quote(method)],
      ['path', quote(path)],
      ...given,
      ...(body === undefined ? [] : [['body', bodyField(body)] as const]),
      ...(server === 0 ? [] : [['server', String(server)] as const]),
      ...(security.length === 0 ? [] : [['security', literal(security, 1)] as const]),
      ...(accept.length === 0 ? [] : [['accept', literal(accept, 1)] as const]),
      ...(pagination === undefined ? [] : [['pages', literal(pagination, 1)] as const]),
    ],
    0,
  );
  const helpers = given.some(([, text]) => text.includes('styled(')) ? 'callApi, styled' : 'callApi';
  return [
    "import { api } from '../api.ts';",
    `import { ${helpers} } from '../modules/api-request.ts';`,
    '',
    `return callApi<${answer}>(api, ${camelCase(name)}Tool, context, ${request});`,
  ].join('\n');
}
