import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPacked } from '../support/packed.ts';

const run = promisify(execFile);
let folder: string;
let environment: NodeJS.ProcessEnv;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packed-'));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'own'));
  environment = { ...process.env, HOME: join(folder, 'own'), MCP_CRAFTER_HOME: join(folder, 'state') };
  // Where the tests are those of an installed product, it is that one.
  program = process.env['MCP_CRAFTER_UNDER_TEST'] ?? installPacked(folder);
}, 300_000);

afterAll(async () => {
  await run(program, ['serve', '--stop'], { env: environment });
  await rm(folder, { recursive: true, force: true });
});

const crafter = async (...words: string[]): Promise<string> =>
  (await run(program, words, { env: environment, cwd: folder, maxBuffer: 32 * 1024 * 1024 })).stdout;

describe('the packed product, installed into an empty folder', () => {
  it('[PRODUCT-1] makes, verifies and starts the example server and cleans the CSV with it', async () => {
    const { outcome, rows, errorCount, file } = JSON.parse(await crafter('quickstart', '--json'));
    expect(outcome).toMatchObject({ status: 'success', server: 'customer-data', report: { success: true } });
    expect(rows).toBe(24);
    expect(errorCount).toBe(11);
    expect(JSON.parse(await readFile(file, 'utf8'))).toHaveLength(13);
  }, 120_000);

  it('[PRODUCT-2] runs it a second time without building again', async () => {
    const { outcome } = JSON.parse(await crafter('quickstart', '--json'));
    expect(outcome.status).toBe('unchanged');
  }, 60_000);

  it('[PRODUCT-3] works from any folder through a link, and has its library face', async () => {
    expect(await crafter('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
    const script = "import('mcp-crafter').then((face) => console.log(typeof face.createCrafter))";
    const cwd = join(dirname(program), '..', '..');
    expect((await run(process.execPath, ['--input-type=module', '-e', script], { cwd })).stdout).toBe('function\n');
  });
});
