// What the servers by hand share: a tool is a schema of zod and a function; every answer passes through `answer`.
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

const hints = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

function answer(value) {
  return { content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: value };
}

export function serve(name, tools) {
  serveStdio(() => {
    const server = new McpServer({ name, version: '1.0.0' });
    for (const { tool, title, description, input, output, run } of tools) {
      const config = { title, description, inputSchema: input, outputSchema: output, annotations: hints };
      server.registerTool(tool, config, async (args) => answer(await run(args)));
    }
    return server;
  });
}
