// What a developer writes by hand with the official SDK: the measure for generated servers.
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer, createMcpHandler } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

function factory(): McpServer {
  const server = new McpServer({ name: 'greeter', version: '1.0.0' });
  server.registerTool(
    'greet',
    {
      title: 'Greet',
      description: 'Returns a greeting for a name. Sends nothing anywhere.',
      inputSchema: z.object({ name: z.string().max(200).describe('Who is greeted.') }),
      outputSchema: z.object({ greeting: z.string() }),
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    },
    async ({ name }) => {
      const structuredContent = { greeting: `Hello, ${name}!` };
      return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
    },
  );
  return server;
}

if (process.env['MCP_TRANSPORT'] === 'http') {
  const handler = toNodeHandler(createMcpHandler(factory));
  createServer((request, response) => void handler(request, response)).listen(Number(process.env['PORT']), '127.0.0.1');
} else {
  serveStdio(factory);
}
