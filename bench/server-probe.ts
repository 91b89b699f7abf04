import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { median } from './row.ts';

/** A server to measure: its command and what to ask of it. */
export interface Subject {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
}

export interface ServerFigures {
  /** From spawn to the answer of `initialize`. */
  readonly startMs: number;
  /** Proportional memory after `initialize` and `tools/list`, at rest. */
  readonly idleBytes: number;
  readonly stdioCallMs: number;
  readonly httpCallMs: number;
}

const initialize = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'bench', version: '1.0.0' },
};
const call = { name: 'greet', arguments: { name: 'Ada' } };
const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** One run of a server over stdio: start, idle memory, median of `calls` calls. */
export async function measureStdio(subject: Subject, calls: number): Promise<Omit<ServerFigures, 'httpCallMs'>> {
  const started = performance.now();
  const child = spawn(subject.command[0]!, subject.command.slice(1), {
    cwd: subject.cwd,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ask = overStdio(child);
  await ask('initialize', initialize);
  const startMs = performance.now() - started;
  child.stdin!.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
  await ask('tools/list', {});
  await new Promise((resolve) => setTimeout(resolve, 400));
  const idleBytes = proportionalMemory(child.pid!);
  const stdioCallMs = await medianCall(calls, () => ask('tools/call', call));
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.stdin!.end();
  await exited;
  return { startMs, idleBytes, stdioCallMs };
}

/** Median time of a call over HTTP, in the 2026-07-28 era, on a kept-alive connection. */
export async function measureHttp(subject: Subject, calls: number): Promise<number> {
  const port = await freePort();
  const env = { ...process.env, MCP_TRANSPORT: 'http', PORT: String(port), MCP_TOKEN: 'bench-token' };
  const child = spawn(subject.command[0]!, subject.command.slice(1), {
    cwd: subject.cwd,
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = () =>
    post(port, agent, { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { ...call, _meta: envelope } });
  try {
    await untilAnswered(ask);
    return await medianCall(calls, ask);
  } finally {
    agent.destroy();
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
  }
}

function overStdio(child: ChildProcess) {
  const waiting = new Map<number, (result: unknown) => void>();
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const { id, result, error } = JSON.parse(line) as { id: number; result?: unknown; error?: unknown };
    if (error) throw new Error(JSON.stringify(error));
    waiting.get(id)?.(result);
  });
  let id = 0;
  return (method: string, params: object) =>
    new Promise((resolve) => {
      waiting.set(++id, resolve);
      child.stdin!.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    });
}

function post(port: number, agent: Agent, message: object): Promise<void> {
  const body = JSON.stringify(message);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    accept: 'application/json, text/event-stream',
    authorization: 'Bearer bench-token',
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/call',
    'mcp-name': 'greet',
  };
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, host: '127.0.0.1', path: '/mcp', method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () =>
        text.includes('Hello, Ada!') ? resolve() : reject(new Error(`${response.statusCode} ${text}`)),
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

async function untilAnswered(ask: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

async function medianCall(calls: number, ask: () => Promise<unknown>): Promise<number> {
  for (let warmUp = 0; warmUp < calls / 4; warmUp++) await ask();
  const times: number[] = [];
  for (let index = 0; index < calls; index++) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  return median(times);
}

function proportionalMemory(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
