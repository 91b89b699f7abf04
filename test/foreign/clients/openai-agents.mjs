// The MCP client of OpenAI's agents.
import { MCPServerStdio, MCPServerStreamableHttp } from '@openai/agents-core';
import { tryServer } from './trial.mjs';

await tryServer(async ({ stdio, http }) => {
  const client = stdio
    ? new MCPServerStdio(stdio)
    : new MCPServerStreamableHttp({ url: http.url, requestInit: { headers: http.headers } });
  await client.connect();
  return {
    list: async () => (await client.listTools()).map(({ name }) => name),
    call: (name, args) => client.callToolResult(name, args),
    close: () => client.close(),
  };
});
