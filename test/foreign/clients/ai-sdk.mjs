// The AI SDK's MCP client, with a transport of its own for either way.
import { createMCPClient } from '@ai-sdk/mcp';
import { Experimental_StdioMCPTransport as StdioTransport } from '@ai-sdk/mcp/mcp-stdio';
import { tryServer } from './trial.mjs';

await tryServer(async ({ stdio, http }) => {
  const client = await createMCPClient({ transport: stdio ? new StdioTransport(stdio) : { type: 'http', ...http } });
  const tools = await client.tools();
  return {
    list: async () => Object.keys(tools),
    call: (name, args) => tools[name].execute(args, { messages: [], toolCallId: '1' }),
    close: () => client.close(),
  };
});
