// The SDK's 2.x client, held to the newer era.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { tryServer } from './trial.mjs';

await tryServer(async ({ stdio, http }) => {
  const versionNegotiation = { mode: { pin: '2026-07-28' } };
  const client = new Client({ name: 'sdk-2', version: '1.0.0' }, { versionNegotiation });
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
