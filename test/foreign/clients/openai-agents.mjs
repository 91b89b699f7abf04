// The MCP client of OpenAI's agents.
import { MCPServerStdio, MCPServerStreamableHttp } from '@openai/agents-core';
import { tryServer } from './trial.mjs';

await tryServer(async ({ stdio, http }) => {
  // Its five seconds are short on a busy machine, and time is not what is tried here.
  const clientSessionTimeoutSeconds = 60;
  const client = stdio
    ? new MCPServerStdio({ ...stdio, clientSessionTimeoutSeconds })
    : new MCPServerStreamableHttp({ url: http.url, requestInit: { headers: http.headers }, clientSessionTimeoutSeconds });
  await client.connect();
  return {
    list: async () => (await client.listTools()).map(({ name }) => name),
    call: (name, args) => client.callToolResult(name, args),
    close: () => client.close(),
  };
});
