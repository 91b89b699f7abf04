import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

const program = `
  import { sampleTool } from '${new URL('testing.ts', import.meta.url).href}';
  import { startServer } from '${new URL('start.ts', import.meta.url).href}';
  const run = () => { Array.prototype.polluted = 'yes'; };
  const limits = { maxSeconds: 5, maxInputBytes: 1000, maxResultCharacters: 1000 };
  const named = { name: 'sample', title: 'Sample', version: '1.0.0', description: 'A sample.' };
  await startServer({ ...named, limits, tools: [sampleTool({ run })], context: (call) => call });`;

const clientInfo = { name: 'test', version: '1.0.0' };
const requests = [
  { id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } },
  { method: 'notifications/initialized' },
  { id: 2, method: 'tools/call', params: { name: 'sample', arguments: {} } },
];

it('[GENERATE-20] the first call already finds all fixed, over standard input and output', async () => {
  const preload = `data:text/javascript,${encodeURIComponent(program)}`;
  const server = spawn(process.execPath, ['--import', preload, '/dev/null'], { timeout: 10_000 });
  for (const request of requests) server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...request })}\n`);
  for await (const line of createInterface(server.stdout)) {
    const { id, result } = JSON.parse(line) as { id: number; result: object };
    if (id !== 2) continue;
    const text = expect.stringContaining('Cannot add property polluted, object is not extensible');
    expect(result).toMatchObject({ content: [{ type: 'text', text }], isError: true });
    server.stdin.end();
  }
  expect.assertions(1);
});
