import { CrafterError } from '../../../errors.ts';
import type { Api, HttpOperation, Tool } from '../../../spec/index.ts';
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
  const input = bundleSchemas(tool.input, api.schemas);
  const output = tool.output && bundleSchemas(tool.output, api.schemas);
  const code = codeOf(operation, { ...tool, input });
  return { ...tool, input, ...(output && { output }), implementation: { kind: 'code', code, operation } };
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
