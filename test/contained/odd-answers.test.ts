import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = join(import.meta.dirname, '../fixtures/odd-answers/main.ts');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'odd-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a process of its own says of answers with these statuses; nothing when it ended on the way. */
async function take(way: string, statuses: readonly string[]): Promise<unknown> {
  const run = promisify(execFile)(process.execPath, [main, way, ...statuses], { cwd: folder, timeout: 20_000 });
  return JSON.parse((await run.catch(() => ({ stdout: 'null' }))).stdout);
}

describe('an answer with a status that is none', () => {
  it.each([
    ['of a granted host', 'egress', [502, 502, 205, 700, 200]],
    ['of a server', 'client', ['refused', 'refused', 205, 'refused', 200]],
    ['of a foreign server under the official suite', 'relay', ['refused', 'refused', 205, 700, 200]],
  ])('[ROBUST-10] %s ends nothing but its request', async (_what, way, expected) => {
    expect(await take(way, ['000', '050', '205', '700', '200'])).toEqual(expected);
  });
});
