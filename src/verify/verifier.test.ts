import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSandbox } from '../sandbox/index.ts';
import type { Report } from '../spec/index.ts';
import { createVerifier } from './verifier.ts';
import type { Verifier, VerifySubject } from './types.ts';

const server = fileURLToPath(new URL('../../test/fixtures/verify/servers/server.mjs', import.meta.url));
let stateFolder: string;
let verifier: Verifier;

beforeAll(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'verify-'));
  verifier = createVerifier({ sandbox: await openSandbox({ stateFolder }), stateFolder, version: '0.0.0' });
});
afterAll(() => rm(stateFolder, { recursive: true, force: true }));

const verify = (subject: VerifySubject, signal = AbortSignal.timeout(50_000)): Promise<Report> =>
  verifier.verify(subject, { signal, progress: () => undefined });
const verifyFault = (fault: string): Promise<Report> => verify({ kind: 'command', command: ['node', server, fault] });
const errors = (report: Report): string[] =>
  report.checks
    .filter((check) => check.status === 'failed' && check.severity === 'error')
    .map(({ check, message }) => `${check}: ${message}`);

describe('a server given by its command', () => {
  it('[VERIFY-14] [VERIFY-15] a sound server of another make passes, with advice', async () => {
    const report = await verifyFault('none');
    expect(errors(report)).toEqual([]);
    expect(report).toMatchObject({ success: true, subject: 'servers-for-trial', version: '1.0.0' });
    expect(report.checks.find(({ message }) => message === 'It does not speak 2026-07-28.')).toMatchObject({
      status: 'failed',
      severity: 'warning',
    });
    expect(report.figures).toMatchObject({
      listingTokens: expect.any(Number),
      memoryBytes: expect.any(Number),
      memoryGrowthBytes: expect.any(Number),
      callMilliseconds: expect.any(Number),
    });
  });

  const faults: [promise: string, fault: string, check: RegExp][] = [
    ['[VERIFY-2]', 'dead', /^starts: .*no configuration/],
    ['[VERIFY-2]', 'noise', /^protocol\/stdio\/2025-11-25\/stdout: .*Server started!/],
    ['[VERIFY-3]', 'name', /^names\/.*does not allow/],
    ['[VERIFY-3]', 'root', /^schemas\/valid\/count_characters: .*root/],
    ['[VERIFY-3]', 'pattern', /^schemas\/valid\/count_characters: .*not valid in JavaScript/],
    ['[VERIFY-3]', 'hidden', /^descriptions\/honest\/count_characters: .*U\+200B/],
    ['[VERIFY-4]', 'exit', /^wrong_input\/count_characters: .*ended with code 7/],
    ['[VERIFY-4]', 'block', /^wrong_input\/count_characters: .*it blocks the server/],
    ['[VERIFY-4]', 'stack', /^wrong_input\/count_characters: .*stack trace/],
    ['[VERIFY-4]', 'untrue', /^fuzzed_input\/count_characters: .*output schema/],
    ['[VERIFY-21]', 'endless', /^fuzzed_input\/count_characters: .*Whether the result fits/],
    ['[VERIFY-21]', 'multiplied', /^fuzzed_input\/count_characters: .*Whether the result fits/],
    ['[VERIFY-21]', 'multiplied_input', /^wrong_input\/count_characters: Whether arguments fit/],
    ['[VERIFY-6]', 'writes', /^read_only\/count_characters: /],
    ['[VERIFY-7]', 'grows', /^memory\/count_characters: .*call 1000 holds/],
  ];
  it.each(faults)('%s %s is found out', async (_, fault, expected) => {
    const report = await verifyFault(fault);
    expect(report.success).toBe(false);
    expect(errors(report)).toContainEqual(expect.stringMatching(expected));
    expect(report.checks.every(({ status, remedy }) => status !== 'failed' || remedy !== undefined)).toBe(true);
  });

  it('[VERIFY-3] orders to the model are a grave finding', async () => {
    const report = await verifyFault('poisoned');
    expect(report.findings).toContainEqual(
      expect.objectContaining({ type: 'poisoned_description', severity: 'high', tool: 'count_characters' }),
    );
  });

  it('[VERIFY-15] taking what the schema forbids is a warning for others', async () => {
    const report = await verifyFault('lax');
    expect(report.checks).toContainEqual(
      expect.objectContaining({ check: 'wrong_input/count_characters', status: 'failed', severity: 'warning' }),
    );
    expect(report.success).toBe(true);
  });

  it('[VERIFY-14] what cannot be verified is refused with what to do', async () => {
    await expect(verify({ kind: 'command', command: ['npx', 'some-server'] })).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
    });
    await expect(verify({ kind: 'command', command: ['no-such-program-here'] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(verify({ kind: 'folder', path: join(stateFolder, 'none') })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(verify({ kind: 'url', url: 'file:///etc/passwd' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('[VERIFY-17] is cancelled, and leaves no folder behind', async () => {
    const cancel = new AbortController();
    const running = verify({ kind: 'command', command: ['node', server, 'block'] }, cancel.signal);
    setTimeout(() => cancel.abort(), 300);
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await readdir(join(stateFolder, 'tmp'))).toEqual([]);
  });
});

describe('a server that runs elsewhere', () => {
  it('[VERIFY-14] is listed and never called', async () => {
    const methods: string[] = [];
    const elsewhere = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        const { id, method } = JSON.parse(body || '{}') as { id?: number; method?: string };
        methods.push(method ?? request.method ?? '');
        if (id === undefined) return void response.writeHead(request.method === 'POST' ? 202 : 405).end();
        const results: Record<string, object> = {
          initialize: {
            protocolVersion: '2025-11-25',
            capabilities: { tools: {} },
            serverInfo: { name: 'elsewhere', version: '1' },
          },
          ping: {},
          'tools/list': {
            tools: [
              {
                name: 'look',
                description: 'Looks. Returns what it sees; changes nothing.',
                inputSchema: { type: 'object' },
              },
            ],
          },
        };
        const answer = results[method ?? '']
          ? { result: results[method ?? ''] }
          : { error: { code: -32601, message: 'Method not found' } };
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
      });
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    try {
      const report = await verify({
        kind: 'url',
        url: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/mcp`,
      });
      expect(errors(report)).toEqual([]);
      expect(report.success).toBe(true);
      expect(methods).toContain('tools/list');
      expect(methods).not.toContain('tools/call');
      expect(report.caveats.join()).toContain('not called');
    } finally {
      elsewhere.closeAllConnections();
      await new Promise((resolve) => elsewhere.close(resolve));
    }
  });
});
