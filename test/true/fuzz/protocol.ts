import fc from 'fast-check';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { connect, eras, probeEra } from '../../../src/client/index.ts';
import { inTurn, saneLine } from '../../support/fuzz-streams.ts';
import { keptCases } from '../../support/fuzz-kept.ts';
import { spoiledJson, targetLater, type FuzzTarget } from '../../support/fuzz.ts';

const id = '@';
const tool = {
  name: 'look',
  description: 'Looks.',
  inputSchema: { type: 'object', properties: { a: { type: 'string' } } },
};
const meta = { 'io.modelcontextprotocol/serverInfo': { name: 's', version: '1' } };
const replies = [
  {
    jsonrpc: '2.0',
    id,
    result: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' } },
  },
  { jsonrpc: '2.0', id, result: { supportedVersions: ['2026-07-28'], capabilities: { tools: {} }, _meta: meta } },
  { jsonrpc: '2.0', id, result: { tools: [tool], nextCursor: 'n' } },
  { jsonrpc: '2.0', id, result: { tools: [tool, tool] } },
  { jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: 'x' }], structuredContent: { a: 1 } } },
  { jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } },
  { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 1, progress: 1 } },
  { jsonrpc: '2.0', id: 's1', method: 'sampling/createMessage', params: {} },
  'Server started!',
];

/** The answers of a server that may say anything; it closes when it has no more. */
const says = fc.array(fc.oneof(fc.constantFrom(...replies.map((one) => JSON.stringify(one))), spoiledJson(replies)), {
  maxLength: 8,
});

function hostile(lines: readonly string[]): { stdin: PassThrough; stdout: PassThrough } {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const left = [...lines];
  // Whoever gets no answer that is his would wait as long as he is told to.
  const idle = setTimeout(() => stdout.end(), 20);
  stdin.on('data', (chunk: Buffer) => {
    idle.refresh();
    for (const asked of chunk.toString().split('\n').filter(Boolean)) {
      const own = JSON.stringify((JSON.parse(asked) as { id?: unknown }).id ?? null);
      const line = left.shift();
      if (stdout.writableEnded) return;
      if (line === undefined) stdout.end();
      else stdout.write(`${line.replaceAll('\n', ' ').replace('"@"', own)}\n`);
    }
  });
  return { stdin, stdout };
}

async function asClient(lines: readonly string[]): Promise<void> {
  const connection = await connect({ kind: 'stdio', ...hostile(lines) }, { timeoutMs: 200 });
  try {
    const tools = await connection.listTools();
    tools.map(({ name }) => name.length);
    const { content } = await connection.callTool('look', { a: 'b' }, { timeoutMs: 200 });
    content.map(({ text }) => text);
  } finally {
    await connection.close();
  }
}

async function asProbe([lines, era]: readonly [readonly string[], (typeof eras)[number]]): Promise<void> {
  const { looks, tools } = await probeEra({ kind: 'stdio', ...hostile(lines) }, era, { timeoutMs: 200 });
  if (!Array.isArray(tools) || looks.some(({ message }) => message.length > 1000))
    throw new Error(JSON.stringify(looks));
}

const asked = (method: string, params: object = {}): object => ({ jsonrpc: '2.0', id: 7, method, params });
const requests = [
  asked('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } }),
  asked('tools/list'),
  asked('tools/call', { name: 'echo', arguments: { text: 'x' } }),
  asked('tools/call', { name: 'echo', arguments: { text: 'x' }, _meta: { progressToken: 1 } }),
  asked('resources/read', { uri: 'workspace:///a' }),
  asked('server/discover', { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } }),
  { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 7 } },
  [asked('ping'), asked('ping')],
];

/** One server of the generated runtime gets every case, and has to answer a right request after each batch of them. */
const runtime: FuzzTarget = {
  name: 'messages to a generated server',
  share: 8,
  async try(cases, seed) {
    const main = join(import.meta.dirname, '../../fixtures/echo-server/main.ts');
    const server = spawn(process.execPath, [main], { stdio: ['pipe', 'pipe', 'pipe'] });
    try {
      const talk = inTurn(server.stdin, server.stdout);
      server.stderr.resume();
      await talk.ask({ ...requests[0], id: 'first' }, 'first');
      const made = fc.sample(spoiledJson(requests), { numRuns: cases, seed });
      const lines = [...keptCases<string>(runtime.name).flat(), ...made];
      for (let start = 0; start < lines.length; start += 200) {
        for (const line of lines.slice(start, start + 200)) talk.write(line.replaceAll('\n', ' '));
        const marker = `after-${start}`;
        await talk.ask({ ...asked('tools/call', { name: 'echo', arguments: { text: marker } }), id: marker }, marker);
        talk.seen().forEach(saneLine);
      }
    } finally {
      server.kill('SIGKILL');
      await once(server, 'exit');
    }
  },
};

/** What servers say to us, and clients to the servers that we generate. */
export const protocolTargets: readonly FuzzTarget[] = [
  targetLater('answers to our client', 2, says, asClient, 16),
  targetLater('answers to our probes', 2, fc.tuple(says, fc.constantFrom(...eras)), asProbe, 16),
  runtime,
];
