import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFolders } from './folders.ts';

let base: string;
let workspace: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'folders-'));
  workspace = join(base, 'workspace');
  for (const name of ['workspace', 'read', 'write', 'outside']) await mkdir(join(base, name));
  await writeFile(join(base, 'outside/secret.txt'), 'secret');
  await writeFile(join(base, 'read/a.txt'), 'granted');
  process.env['MCP_WORKSPACE'] = workspace;
  process.env['MCP_FOLDERS'] = `${base}/read:${base}/write=rw`;
});

afterEach(async () => {
  delete process.env['MCP_WORKSPACE'];
  delete process.env['MCP_FOLDERS'];
  await rm(base, { recursive: true, force: true });
});

const open = () => openFolders({ maxInputBytes: 100 });

describe('[GENERATE-10] folders of a tool', () => {
  it('finds a relative path in the workspace first, then in the granted folders', async () => {
    expect(await open().readText('a.txt')).toBe('granted');
    await open().writeText('a.txt', 'own');
    expect(await open().readText('a.txt')).toBe('own');
    expect(await open().readText(join(base, 'read/a.txt'))).toBe('granted');
  });

  it('refuses every way out', async () => {
    await symlink(join(base, 'outside'), join(workspace, 'link'));
    await symlink(join(base, 'outside/secret.txt'), join(workspace, 'file'));
    for (const path of [
      '../outside/secret.txt',
      join(base, 'outside/secret.txt'),
      'link/secret.txt',
      'file',
      `${base}/workspace-2`,
      '/etc/passwd',
      'a\0b',
      '',
    ]) {
      await expect(open().readText(path), path).rejects.toMatchObject({ name: 'ToolError' });
      await expect(open().writeText(path, 'x'), path).rejects.toMatchObject({ name: 'ToolError' });
    }
    expect(await readFile(join(base, 'outside/secret.txt'), 'utf8')).toBe('secret');
  });

  it('writes to the workspace and to writable folders only, whole', async () => {
    await open().writeText('deep/er/b.txt', 'b');
    await open().writeText(join(base, 'write/c.txt'), 'c');
    await expect(open().writeText(join(base, 'read/d.txt'), 'd')).rejects.toThrow('may only be read');
    expect(await open().list()).toEqual(['deep/er/b.txt']);
    expect(await readdir(join(base, 'write'))).toEqual(['c.txt']);
  });

  it('refuses files over the limit and things that are no files', async () => {
    await writeFile(join(workspace, 'big'), 'x'.repeat(101));
    await expect(open().readText('big')).rejects.toThrow('101 bytes, over the limit of 100');
    execFileSync('mkfifo', [join(workspace, 'pipe')]);
    await expect(open().readText('pipe')).rejects.toThrow('no regular file');
  });
});
