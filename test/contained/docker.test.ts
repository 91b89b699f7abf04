import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callService } from '../../src/service/index.ts';
import { serviceOf } from '../support/cli.ts';
import { withDocker } from '../support/docker.ts';
import { productCommand } from '../support/product.ts';
import { decoyWords, layDecoys, type Decoys } from './hostile/decoys.ts';
import { exhaustionDeeds, ruinousDeeds } from './hostile/deeds/exhaustion.ts';
import { fileDeeds } from './hostile/deeds/files.ts';
import { kernelDeeds } from './hostile/deeds/kernel.ts';
import { networkDeeds } from './hostile/deeds/network.ts';
import { stayingDeeds } from './hostile/deeds/staying.ts';
import { calm, withHostile } from './hostile/with-hostile.ts';

const { containers, comeTo } = withDocker();
const bench = withHostile();
const deeds = [...fileDeeds, ...networkDeeds, ...kernelDeeds, ...exhaustionDeeds];
/** Of those that cost many seconds, one of each kind. */
const ruinous = ruinousDeeds.filter(({ name }) => ['fill_buffers', 'end_itself'].includes(name));
const staying = stayingDeeds.filter(({ name }) => name !== 'match_for_long');
let decoys: Decoys;

interface Answer {
  readonly structuredContent?: { readonly said: string };
  readonly content: unknown;
}

beforeAll(async () => {
  decoys = await layDecoys(bench.stateFolder);
  const made = await bench.make('hostile', [calm, ...deeds, ...ruinous, ...staying]);
  expect(made.json, made.stdout + made.stderr).toMatchObject({ status: 'success', report: { sandbox: 'docker' } });
});
afterAll(() => decoys.close());

/** Tells a tool to do its deed; what it says, or how it failed. */
async function order(tool: string, aim: object = {}, seconds = 20): Promise<string> {
  const input = {
    server: 'hostile',
    tool,
    arguments: { order: `do:${JSON.stringify(aim)}` },
    timeout_seconds: seconds,
  };
  const answer = callService(bench.stateFolder, 'call_tool', input) as Promise<Answer>;
  return answer.then(
    ({ structuredContent, content }) => structuredContent?.said ?? `answered ${JSON.stringify(content)}`,
    (error: Error) => `failed ${error.message}`,
  );
}
const calls = () => order('say_calm');

it('[DOCKER-2] a server that was made in containers runs, answers, stops and starts in one', async () => {
  expect(await containers()).toBe(1);
  expect(bench.sandboxes()).toEqual([]);
  expect(await calls()).toBe('calm');
  expect((await bench.run(['stop', 'hostile', '--json'])).code).toBe(0);
  expect(await containers()).toBe(0);
  expect((await bench.run(['start', 'hostile', '--json'])).code).toBe(0);
  expect(await calls()).toBe('calm');
});

it('[DOCKER-4] doctor says that it is Docker, and why', async () => {
  const { findings } = (await bench.run(['doctor', '--json'])).json as { findings?: unknown };
  expect(findings).toContainEqual({
    part: 'Sandbox',
    ok: true,
    message: expect.stringMatching(/^Docker works.*MCP_CRAFTER_SANDBOX=docker/),
  });
});

describe('in a container, a tool that', () => {
  it.each(deeds)('[DOCKER-1] $tries gets nothing ($name)', async ({ name, says }) => {
    const said = await order(name, decoys.aim);
    expect(said).toMatch(says);
    expect(said).not.toContain(decoyWords);
    expect(decoys.harm()).toEqual([]);
  });

  it.each(ruinous)('[DOCKER-1] $tries ends its own container, and another comes ($name)', async ({ name }) => {
    expect(await order(name)).toMatch(/^(failed|answered)/);
    await expect.poll(calls, { timeout: 30_000, interval: 200 }).toBe('calm');
    expect(await containers()).toBe(1);
  });

  it.each(staying)('[DOCKER-1] $tries is stopped whole ($name)', async ({ name, says }) => {
    const endless = says.source === 'never said';
    expect(await order(name, { mark: 1_000_000 + process.pid }, endless ? 1 : 20)).toMatch(endless ? /^failed/ : says);
    await callService(bench.stateFolder, 'stop_server', { server: 'hostile' });
    expect(await containers()).toBe(0);
    await callService(bench.stateFolder, 'start_server', { server: 'hostile' });
  });
});

describe('kill -9', () => {
  it('[DOCKER-3] of `mcp-crafter run` ends its container', async () => {
    const env = { ...process.env, MCP_CRAFTER_HOME: bench.stateFolder };
    const command = spawn(productCommand, ['run', 'hostile'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
    command.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`);
    expect(String((await once(command.stdout, 'data'))[0])).toContain('"serverInfo"');
    expect(await containers()).toBe(2);
    command.kill('SIGKILL');
    expect(await comeTo(1)).toBe(1);
  });

  it('[DOCKER-3] of the service ends its containers; the next one starts its own', async () => {
    process.kill(Number(serviceOf(bench.stateFolder)), 'SIGKILL');
    expect(await comeTo(0)).toBe(0);
    expect((await bench.order('hostile', 'say_calm')).said).toBe('calm');
    expect(await containers()).toBe(1);
  });
});
