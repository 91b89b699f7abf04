import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll } from 'vitest';
import type { CommandLine } from '../support/cli.ts';
import { productCommand } from '../support/product.ts';

export interface Answer {
  readonly text: string;
  readonly isError: boolean;
  /** Structured content, or the text as JSON. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Agent {
  readonly client: Client;
  call(tool: string, args: Record<string, unknown>): Promise<Answer>;
}

/** For tests: `mcp-crafter mcp` as a client starts it, spoken to by the official client in one era. */
export function withAgent(cli: CommandLine, mode: 'auto' | 'legacy' = 'auto'): Agent {
  const client = new Client({ name: 'agent', version: '1' }, { versionNegotiation: { mode } });
  beforeAll(async () => {
    const env = { ...(process.env as Record<string, string>), MCP_CRAFTER_HOME: cli.stateFolder, HOME: cli.folder };
    await client.connect(new StdioClientTransport({ command: productCommand, args: ['mcp'], env, stderr: 'ignore' }));
  });
  afterAll(() => client.close());
  return {
    client,
    async call(name, args) {
      const result = await client.callTool({ name, arguments: args }, { timeout: 90_000 });
      const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
      return { text, isError: result.isError === true, data: (result.structuredContent ?? {}) as Answer['data'] };
    },
  };
}
