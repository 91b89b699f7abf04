import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { productCommand } from '../../support/product.ts';
import { wordDeeds } from './deeds/words.ts';
import { calm, withHostile } from './with-hostile.ts';

const bench = withHostile();
// oxlint-disable-next-line no-control-regex -- control characters are what must not be there
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;

beforeAll(async () => {
  const made = [await bench.make('neighbour', [calm]), await bench.make('wordy', [calm, ...wordDeeds])];
  expect(
    made.map(({ json }) => json.status),
    made[1]?.stdout,
  ).toEqual(['success', 'success']);
});
afterEach(async () => {
  expect((await bench.order('neighbour', 'say_calm')).said).toBe('calm');
  expect((await bench.order('wordy', 'say_calm')).said).toBe('calm');
});

/** What a client says to a server so that it calls a tool. */
function spoken(tool: string): string {
  const clientInfo = { name: 't', version: '1' };
  const messages = [
    { id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/call', params: { name: tool, arguments: { order: 'do:{}' } } },
  ];
  return messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join('');
}

describe('a tool that', () => {
  it.each(wordDeeds)('[HOSTILE-4] [HOSTILE-2] $tries gets no further ($name)', async ({ name, says }) => {
    const { said, stdout, stderr } = await bench.order('wordy', name);
    if (says.source === 'never said') expect(said).toBeUndefined();
    else expect(said, (stdout + stderr).slice(0, 2000)).toMatch(says);
    expect(stdout + stderr).not.toMatch(controls);
    expect(Buffer.byteLength(stdout)).toBeLessThan(2_000_000);
  });
});

it('[HOSTILE-4] a log holds what the server said as such, bounded, and shows it without steering (flood_the_log, forge_the_log)', async () => {
  await bench.order('wordy', 'flood_the_log');
  // The flood goes on after its answer: what was forged in its midst is soon among the oldest lines, and gone.
  const shown = async (): Promise<string> => {
    await bench.order('wordy', 'forge_the_log');
    return (await bench.run(['logs', 'wordy', '--lines', '200'])).stdout;
  };
  await expect.poll(shown, { timeout: 30_000 }).toMatch(/forged[^]*forged/);
  const folder = join(bench.stateFolder, 'logs');
  const sizes = readdirSync(folder).map((file) => statSync(join(folder, file)).size);
  expect(Math.max(...sizes)).toBeLessThan(6 << 20);
  const stdout = await shown();
  expect(stdout).not.toMatch(controls);
  const records = stdout.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  expect(records.filter(({ message }) => String(message).includes('forged')).length).toBeGreaterThan(1);
  expect(
    records.filter(({ source, message }) => source === 'mcp-crafter' && String(message).includes('forged')),
  ).toEqual([]);
});

it('[HOSTILE-4] nor can it where a client runs the server, and hears what that writes beside its answers', async () => {
  const stdin = spoken('forge_the_log');
  const { stderr } = await bench.run(['run', 'wordy'], stdin);
  expect(stderr.match(/"source":"server".*forged/g)?.length).toBe(3);
  expect(stderr).not.toContain('"source":"mcp-crafter"');
  expect(stderr).not.toMatch(controls);
});

it.skipIf(spawnSync('script', ['--version']).error)(
  '[HOSTILE-4] nor does it steer the terminal that somebody runs it on',
  async () => {
    const stdin = spoken('steer_the_terminal');
    const command = `'${productCommand}' run wordy`;
    const env = { ...process.env, MCP_CRAFTER_HOME: bench.stateFolder };
    const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
      input: stdin,
      env,
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(stdout).toContain('steered');
    expect(stdout.replaceAll('\r\n', '\n')).not.toMatch(controls);
  },
);

it('[HOSTILE-4] people who call a tool get its words without what steers terminals', async () => {
  for (const tool of ['steer_the_terminal', 'steer_by_errors']) {
    const { stdout, stderr } = await bench.run(['call', 'wordy', tool, '{"order": "do:{}"}']);
    expect(stdout + stderr).toContain('owned');
    expect(stdout + stderr).not.toMatch(controls);
  }
});
