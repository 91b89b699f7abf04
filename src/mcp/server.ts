import { McpServer, fromJsonSchema } from '@modelcontextprotocol/server';
import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';
import { toCrafterError } from '../errors.ts';
import { operations, refusePrivate } from '../operations/index.ts';
import type { Operation } from '../operations/index.ts';
import { callService, ensureService } from '../service/index.ts';
import { version } from '../util/index.ts';
import { agentAnswer, errorText } from './answer.ts';
import { listedSchemas } from './listing.ts';
import type { ListedSchemas } from './listing.ts';

const instructions = `mcp-crafter makes MCP servers, verifies them in a sandbox, and runs them.
1. create_mcp_server with wait: true makes tools that do not exist yet. Files and data, APIs with OAuth, sync, webhooks, workflows: say in prompt what is wanted. Anything else: write the code in custom_tools. Both together when the library covers only a part.
2. Name what the tools may reach: allow_hosts for each host, folders for each folder of the user. They reach nothing else. A secret is a variable in environment_vars; the code reads it with context.secret("NAME").
3. When the answer says failed, correct what it names and call again. A server that never passed does not exist; one that exists is changed with update_server.
4. call_tool calls a tool of a server. Tools on data hand datasets on by name: the rows stay in the server. Relative paths in answers lie in its workspace, a folder that get_server_info names.
Commands that begin with mcp-crafter are for the user's terminal; \`mcp-crafter connect CLIENT NAME\` adds a server to the user's own client.`;

const offered = operations.filter((operation) => operation.mcp);

/** mcp-crafter's own tools, one for each operation that is offered over MCP. One server a connection, either era. */
export function createMcpServer(stateFolder: string): McpServer {
  const server = new McpServer({ name: 'mcp-crafter', title: 'mcp-crafter', version }, { instructions });
  const schemas = listedSchemas(offered);
  for (const operation of offered) addTool(server, operation, schemas.get(operation.name)!, stateFolder);
  return server;
}

/** The service validates: its words name the field, the nearest known one and the remedy. */
const acceptAll = {
  getValidator: () => (data: unknown) => ({ valid: true as const, data: data as never, errorMessage: undefined }),
};

function addTool(server: McpServer, operation: Operation, schemas: ListedSchemas, stateFolder: string): void {
  const passesResult = operation.name === 'call_tool';
  const definition = {
    title: operation.title,
    description: operation.summary,
    inputSchema: fromJsonSchema(schemas.input, acceptAll),
    ...(passesResult ? {} : { outputSchema: fromJsonSchema(schemas.output, acceptAll) }),
    annotations: {
      readOnlyHint: operation.effect === 'read',
      destructiveHint: operation.effect === 'dangerous',
      idempotentHint: operation.idempotent,
      openWorldHint: passesResult,
    },
  };
  server.registerTool(
    operation.name,
    definition,
    async (args: unknown, context: ServerContext): Promise<CallToolResult> => {
      try {
        refusePrivate(operation, args);
        await ensureService(stateFolder);
        const options = { signal: context.mcpReq.signal, onLine: progressTo(context) };
        const result = await callService(stateFolder, operation.name, args, options);
        return passesResult ? (result as CallToolResult) : toResult(operation, result as Record<string, unknown>);
      } catch (error) {
        return { isError: true, content: [{ type: 'text', text: errorText(toCrafterError(error)) }] };
      }
    },
  );
}

function toResult(operation: Operation, result: Record<string, unknown>): CallToolResult {
  const answer = agentAnswer(operation.name, result);
  // Asking how a failed build stands is no failure; ordering one that fails is.
  const failed = operation.effect !== 'read' && result['error'] !== undefined;
  return {
    content: [{ type: 'text', text: JSON.stringify(answer) }],
    structuredContent: answer,
    ...(failed ? { isError: true } : {}),
  };
}

function progressTo(context: ServerContext): NonNullable<Parameters<typeof callService>[3]>['onLine'] {
  const token = context.mcpReq._meta?.progressToken;
  return (line) => {
    if (token === undefined || !('event' in line)) return;
    const { fraction, message } = line.event;
    const params = { progressToken: token, progress: fraction, total: 1, message };
    void context.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
}
