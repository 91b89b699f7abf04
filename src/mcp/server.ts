import { McpServer } from '@modelcontextprotocol/server';
import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';
import { toCrafterError } from '../errors.ts';
import type { CrafterError } from '../errors.ts';
import { operations } from '../operations/index.ts';
import type { Operation } from '../operations/index.ts';
import { callService, ensureService } from '../service/index.ts';
import { version } from '../util/index.ts';

const instructions = `mcp-crafter makes, verifies and runs MCP servers.
To get a tool that does not exist yet: call create_mcp_server with server_name, description and custom_tools (each with name, description, parameters and, as implementation, the body of an async TypeScript function), and wait: true. It answers with a verification report; when status is failed, error and report name what to correct: correct it and call create_mcp_server again, since a server that never passed does not exist. A server that exists is changed with update_server.
Then call_tool runs a tool of the new server. plan_server shows what would be made without making it.`;

/** mcp-crafter's own tools, one for each operation that is offered over MCP. One server a connection, either era. */
export function createMcpServer(stateFolder: string): McpServer {
  const server = new McpServer({ name: 'mcp-crafter', title: 'mcp-crafter', version }, { instructions });
  for (const operation of operations) if (operation.mcp) addTool(server, operation, stateFolder);
  return server;
}

function addTool(server: McpServer, operation: Operation, stateFolder: string): void {
  const passesResult = operation.name === 'call_tool';
  const definition = {
    title: operation.title,
    description: operation.summary,
    inputSchema: operation.input,
    ...(passesResult ? {} : { outputSchema: operation.output }),
    annotations: {
      readOnlyHint: operation.effect === 'read',
      destructiveHint: operation.effect === 'dangerous',
      idempotentHint: operation.idempotent,
      openWorldHint: passesResult,
    },
  };
  server.registerTool(operation.name, definition, async (args: unknown, context: ServerContext): Promise<CallToolResult> => {
    try {
      await ensureService(stateFolder);
      const result = await callService(stateFolder, operation.name, args, { signal: context.mcpReq.signal, onLine: progressTo(context) });
      if (passesResult) return result as CallToolResult;
      return { content: [{ type: 'text', text: JSON.stringify(result, null, 2) }], structuredContent: result as Record<string, unknown> };
    } catch (error) {
      return { isError: true, content: [{ type: 'text', text: errorText(toCrafterError(error)) }] };
    }
  });
}

function progressTo(context: ServerContext): NonNullable<Parameters<typeof callService>[3]>['onLine'] {
  const token = context.mcpReq._meta?.progressToken;
  return (line) => {
    if (token === undefined || !('event' in line)) return;
    const { fraction, message } = line.event;
    void context.mcpReq.notify({ method: 'notifications/progress', params: { progressToken: token, progress: fraction, total: 1, message } }).catch(() => undefined);
  };
}

/** The error as an agent needs it: what, where, what to do next. */
function errorText(error: CrafterError): string {
  const problems = error.problems.map((problem) => `- ${problem.field}: ${problem.message}${problem.value === undefined ? '' : ` (given: ${problem.value})`}. ${problem.remedy}`);
  return [`${error.code}: ${error.message}`, ...problems, `Next: ${error.hint}`].join('\n');
}
