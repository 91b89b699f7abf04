// The SDK's 1.x client, which speaks the older era only.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { tryServer } from './trial.mjs';

await tryServer(async ({ stdio, http }) => {
  const client = new Client({ name: 'sdk-1', version: '1.0.0' });
  await client.connect(
    stdio
      ? new StdioClientTransport(stdio)
      : new StreamableHTTPClientTransport(new URL(http.url), { requestInit: { headers: http.headers } }),
  );
  return {
    list: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: (name, args) => client.callTool({ name, arguments: args }),
    close: () => client.close(),
  };
});
