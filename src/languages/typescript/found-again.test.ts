import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeKey } from './code-key.ts';
import { openFoundAgain } from './found-again.ts';

const project = {
  'package.json': JSON.stringify({ name: 'shop', version: '1.0.0', type: 'module' }),
  'tsconfig.json': '{}',
  'README.md': 'Shop.',
  'src/api.json': '{"title":"Shop"}',
  'src/main.ts': "export const api = new URL('./api.json', import.meta.url);\n",
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'found-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function lay(change: Readonly<Record<string, string>> = {}): Promise<string> {
  const place = await mkdtemp(join(folder, 'project-'));
  for (const [path, text] of Object.entries({ ...project, ...change })) {
    await mkdir(dirname(join(place, path)), { recursive: true });
    await writeFile(join(place, path), text);
  }
  return place;
}

const keyWith = async (change: Readonly<Record<string, string>> = {}, dependencies = 'a', tools = ['tsc 7']) =>
  codeKey(await lay(change), dependencies, tools);

describe('the key of code', () => {
  it('[GENERATE-19] is the same for servers that differ in name and data only', async () => {
    const named = JSON.stringify({ name: 'zoo', version: '2.0.0', description: 'Animals', type: 'module' });
    const other = { 'package.json': named, 'README.md': 'Zoo.', 'src/api.json': '{"title":"Zoo"}' };
    expect(await keyWith(other)).toBe(await keyWith());
  });

  it.each([
    ['code', { 'src/main.ts': 'export const api = 1;\n' }],
    ['a file more', { 'src/other.ts': '' }],
    ['settings of the tools', { 'tsconfig.json': '{"compilerOptions":{"strict":false}}' }],
    ['how packages are found', { 'package.json': JSON.stringify({ type: 'commonjs' }) }],
  ])('[GENERATE-19] is another for other %s', async (_what, change) => {
    expect(await keyWith(change)).not.toBe(await keyWith());
  });

  it('[GENERATE-19] is another for other dependencies or tools', async () => {
    expect(await keyWith({}, 'b')).not.toBe(await keyWith());
    expect(await keyWith({}, 'a', ['tsc 8'])).not.toBe(await keyWith());
  });

  it.each([
    ["import api from './api.json' with { type: 'json' };"],
    ['const api = await import(`./${name}`);'],
    ["const api = require('./api');"],
  ])('[GENERATE-19] counts the data in where the code may take it in: %s', async (code) => {
    const change = { 'src/tools/own.ts': code };
    expect(await keyWith({ ...change, 'src/api.json': '{}' })).not.toBe(await keyWith(change));
  });

  it('[GENERATE-19] is none where links or packages lead to what it does not know', async () => {
    const linked = await lay();
    await symlink('/etc/hostname', join(linked, 'src/more.ts'));
    expect(await codeKey(linked, 'a', [])).toBeUndefined();
    const installed = await lay({ 'node_modules/zod/index.js': '' });
    expect(await codeKey(installed, 'a', [])).toBeUndefined();
  });
});

describe('what was found out about code', () => {
  it('[GENERATE-19] is found by its key, and nothing by another', async () => {
    const found = openFoundAgain(join(folder, 'found'));
    expect(await found.isClean('a')).toBe(false);
    await found.keepClean('a');
    expect(await found.isClean('a')).toBe(true);
    expect(await found.isClean('b')).toBe(false);
  });

  it('[GENERATE-19] gives a bundle back as it was, and none that was torn', async () => {
    const found = openFoundAgain(join(folder, 'found'));
    const place = async (name: string) => (await mkdir(join(folder, name)), join(folder, name));
    const from = await place('made');
    await writeFile(join(from, 'main.mjs'), 'run();');
    await found.keepBundle('a', from);
    const again = await place('again');
    expect(await found.bundle('a', again)).toBe(true);
    expect(await readFile(join(again, 'main.mjs'), 'utf8')).toBe('run();');

    const [digest] = await readdir(join(folder, 'found/bundles/a'));
    await appendFile(join(folder, 'found/bundles/a', digest!, 'main.mjs'), '…');
    const torn = await place('torn');
    expect(await found.bundle('a', torn)).toBe(false);
    expect(await readdir(torn)).toEqual([]);
  });
});
