import { Server } from '@modelcontextprotocol/server';
import { toolCaller, trackCalls } from '../../../src/languages/typescript/runtime/mcp-server.ts';
import { serveHttp } from '../../../src/languages/typescript/runtime/serve-http.ts';
import type { Serving } from '../../../src/languages/typescript/runtime/start.ts';
import { askingTools } from './asking.ts';
import { offerPrompts } from './prompts.ts';
import { offerResources } from './resources.ts';
import { roundTools, states } from './rounds.ts';
import { bus, plainTools } from './tools.ts';

const info = { name: 'everything', title: 'Everything', version: '1.0.0' };
const limits = { maxSeconds: 30, maxInputBytes: 1_000_000, maxResultCharacters: 100_000 };
const capabilities = {
  tools: { listChanged: true },
  resources: { subscribe: true, listChanged: true },
  prompts: { listChanged: true },
  logging: {},
  completions: {},
};

const listing = [
  ...plainTools.map(({ listed }) => listed),
  ...[...Object.keys(askingTools), ...Object.keys(roundTools)].map((name) => ({
    name,
    description: `The suite's ${name}.`,
    inputSchema: { type: 'object' as const, properties: {} },
  })),
];

/**
 * The server of the official conformance suite on the runtime of generated servers: its HTTP entry with sessions, eras,
 * protection and token, and its way of calling tools. What no generated server has is the suite's own, written here.
 */
export function serveEverything(socket: string, token: string): Promise<Serving> {
  const definition = { ...info, description: 'For the conformance suite.', limits, tools: plainTools };
  const callPlain = toolCaller({ ...definition, context: (call) => call }, trackCalls());
  const factory = (): Server => {
    const server = new Server(info, { capabilities, requestState: { verify: states.verify } });
    server.setRequestHandler('tools/list', () => ({ tools: listing }) as never);
    server.setRequestHandler('tools/call', async (request, context) => {
      const { name, arguments: args = {} } = request.params;
      const asks = askingTools[name]?.(args, context) ?? roundTools[name]?.(context);
      return (await (asks ?? callPlain(request, context))) as never;
    });
    server.setRequestHandler('logging/setLevel', () => ({}));
    offerResources(server);
    offerPrompts(server);
    return server;
  };
  return serveHttp(factory, { socket, token, bus, host: '127.0.0.1', port: 0, maxMessageBytes: 4 * 1024 * 1024 });
}
