import fc from 'fast-check';
import { fail } from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { serveHttp } from '../../../src/languages/typescript/runtime/serve-http.ts';
import { createServerFactory, defineServer, trackCalls } from '../../../src/languages/typescript/runtime/mcp-server.ts';
import { defineTool } from '../../../src/languages/typescript/runtime/tool.ts';
import { readLines } from '../../../src/runner/lines.ts';
import { startEgressProxy } from '../../../src/runner/index.ts';
import { plain } from '../../../src/util/index.ts';
import { keptCases } from '../../support/fuzz-kept.ts';
import { brokenText, spoiledJson, targetLater, type FuzzTarget } from '../../support/fuzz.ts';

/** Sends bytes, then ends; gives what came back until the other side closed. */
function exchange(socketPath: string, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined).once('close', () => resolve(text));
    socket.end(Buffer.from(bytes));
  });
}

function statusOf(
  socketPath: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { socketPath, path, headers, method: body === undefined ? 'GET' : 'POST', agent: false },
      (incoming) => {
        incoming.resume().once('close', () => resolve(incoming.statusCode ?? 0));
      },
    );
    outgoing.once('error', reject).end(body);
  });
}

const inBatches = async <Case>(cases: readonly Case[], run: (one: Case) => Promise<void>): Promise<void> => {
  for (let start = 0; start < cases.length; start += 20) await Promise.all(cases.slice(start, start + 20).map(run));
};

const writings = (port: number): string[] =>
  [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '127.1',
    'a@127.0.0.1',
    '127.0.0.1.',
    '①27.0.0.1',
  ].map((host) => `${host}:${port}`);

/** What a sandboxed server may send to the proxy that is its only way out; nobody is to be reached by it. */
const egress: FuzzTarget = {
  name: 'requests to the egress proxy',
  share: 2,
  async try(cases, seed) {
    const folder = await mkdtemp(join(tmpdir(), 'fuzz-'));
    let reached = 0;
    const decoy = createServer((_, response) => void (reached++, response.end('reached')));
    decoy.on('connection', () => reached++).listen(0, '127.0.0.1');
    await once(decoy, 'listening');
    const { port } = decoy.address() as AddressInfo;
    const proxy = await startEgressProxy({
      grants: { hosts: [{ host: 'granted.example', port, private: false }], folders: [] },
      runFolder: folder,
    });
    try {
      const asked = fc.constantFrom(
        ...writings(port).flatMap((at) => [
          `CONNECT ${at} HTTP/1.1\r\nHost: ${at}\r\n\r\n`,
          `GET http://${at}/ HTTP/1.1\r\nHost: granted.example:${port}\r\n\r\n`,
          `POST http://${at}/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc`,
        ]),
      );
      const bytesSent = fc.oneof(asked, brokenText(asked), fc.string({ unit: 'binary' }));
      const sent = [...keptCases<string>(egress.name).flat(), ...fc.sample(bytesSent, { numRuns: cases, seed })];
      await inBatches(sent, async (bytes) => {
        const answer = await exchange(proxy.socketPath, bytes);
        if (answer.startsWith('HTTP/1.1 2') || answer.includes('reached')) fail(`Let out: ${JSON.stringify(bytes)}`);
      });
      if (reached > 0) fail(`The decoy was reached ${reached} times.`);
      if ((await statusOf(proxy.socketPath, `http://127.0.0.1:${port}/`)) !== 403)
        throw new Error('It no longer answers.');
    } finally {
      await proxy.close();
      decoy.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const echo = defineTool({
  name: 'echo',
  title: 'Echo',
  description: 'Returns a text. Changes nothing.',
  inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  run: ({ text }: { text: string }) => ({ text }),
});

const bodies = spoiledJson([
  {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
  },
  {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: {
      name: 'echo',
      arguments: { text: 'x' },
      _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' },
    },
  },
]);
const headerText = fc.constantFrom(
  '2025-11-25',
  '2026-07-28',
  'tools/call',
  'x',
  '',
  '9'.repeat(300),
  'text/plain',
  '*/*',
);
const headers = fc.dictionary(
  fc.constantFrom(
    'mcp-method',
    'mcp-name',
    'mcp-protocol-version',
    'mcp-session-id',
    'accept',
    'content-type',
    'last-event-id',
  ),
  headerText,
);

/** Requests over HTTP to the runtime of generated servers, by who has the token. */
const runtime: FuzzTarget = {
  name: 'HTTP requests to a generated server',
  share: 2,
  async try(cases, seed) {
    const folder = await mkdtemp(join(tmpdir(), 'fuzz-'));
    const socket = join(folder, 's');
    const limits = { maxSeconds: 5, maxInputBytes: 100_000, maxResultCharacters: 10_000 };
    const definition = defineServer({
      name: 'f',
      title: 'F',
      version: '1.0.0',
      description: 'For tests.',
      limits,
      tools: [echo],
      context: (call) => call,
    });
    const options = { socket, host: '127.0.0.1', port: 0, token: 'token', maxMessageBytes: 100_000 };
    const serving = await serveHttp(createServerFactory(definition, trackCalls()), options);
    const right = {
      host: 'localhost',
      authorization: 'Bearer token',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    };
    try {
      const made = fc.sample(fc.tuple(bodies, headers), { numRuns: cases, seed });
      const sent = [...keptCases<(typeof made)[number]>(runtime.name).flat(), ...made];
      await inBatches(sent, async ([body, more]) => {
        const status = await statusOf(socket, '/mcp', { ...right, ...more }, body);
        if (status >= 500) throw new Error(`HTTP ${status} for ${JSON.stringify([body, more]).slice(0, 500)}`);
      });
    } finally {
      await serving.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Whatever a server prints becomes bounded lines that steer no terminal. */
const logs = targetLater(
  'what servers log',
  2,
  fc.array(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(new Uint8Array(40_000).fill(65)))),
  async (chunks) => {
    const stream = new PassThrough();
    const lines: string[] = [];
    const ended = readLines(stream, (line) => lines.push(line));
    for (const chunk of chunks) stream.write(chunk);
    stream.end();
    await ended;
    const tooLong = lines.find((line) => line.length > 16_000);
    const steering = lines.map(plain).find((line) => /\p{Cc}/u.test(line.replaceAll('\t', '')));
    if (tooLong !== undefined || steering !== undefined) throw new Error('A line is too long, or steers a terminal.');
  },
);

/** What reaches us by sockets and streams of servers. */
export const networkTargets: readonly FuzzTarget[] = [egress, runtime, logs];
