import { execFileSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layFiles, plainText, readInside, readPlain } from './index.ts';

let home: string;
let workspace: string;
let decoy: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'inside-'));
  workspace = join(home, 'workspace');
  decoy = join(home, 'decoy.txt');
  await mkdir(workspace);
  await writeFile(decoy, 'untouched', { mode: 0o600 });
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('files in a folder that sandboxed code writes to', () => {
  it('are laid for it to read and change', async () => {
    await layFiles(workspace, { 'in/deep/a.csv': 'a,b', './b.txt': 'b' });
    expect(await readFile(join(workspace, 'in/deep/a.csv'), 'utf8')).toBe('a,b');
    expect(await readFile(join(workspace, 'b.txt'), 'utf8')).toBe('b');
    const owner = process.getuid?.() === 0 ? 65_525 : process.getuid?.();
    expect((await stat(join(workspace, 'in/deep'))).uid).toBe(owner);
    expect((await stat(join(workspace, 'in/deep/a.csv'))).uid).toBe(owner);
  });

  it('[SANDBOX-16] take the place of a link instead of writing through it', async () => {
    await symlink(decoy, join(workspace, 'a.csv'));
    await layFiles(workspace, { 'a.csv': 'laid' });
    expect(await readFile(decoy, 'utf8')).toBe('untouched');
    expect((await stat(decoy)).mode & 0o777).toBe(0o600);
    expect((await lstat(join(workspace, 'a.csv'))).isFile()).toBe(true);
  });

  it('[SANDBOX-16] are not laid through a folder that is a link, nor above the folder', async () => {
    await symlink(home, join(workspace, 'in'));
    await expect(layFiles(workspace, { 'in/decoy.txt': 'laid' })).rejects.toMatchObject({ code: 'SERVER_UNHEALTHY' });
    await layFiles(workspace, { '../decoy.txt': 'laid', [decoy]: 'laid', 'x/../../decoy.txt': 'laid', '': 'laid' });
    expect(await readFile(decoy, 'utf8')).toBe('untouched');
  });

  it('[SANDBOX-16] are read only when they are plain files of that folder', async () => {
    await symlink(decoy, join(workspace, 'link'));
    await symlink(home, join(workspace, 'folder'));
    execFileSync('mkfifo', [join(workspace, 'pipe')]);
    for (const name of ['link', 'folder/decoy.txt', '../decoy.txt', 'pipe', 'absent'])
      expect(await readInside(workspace, name, 100)).toBeUndefined();
    await writeFile(join(workspace, 'plain'), 'abcdef');
    expect(await readInside(workspace, 'plain', 3)).toEqual({ bytes: Buffer.from('abc'), size: 6 });
  });
});

describe('files of a folder that somebody else wrote', () => {
  it('[SANDBOX-16] are read wherever links lead, and only when they are plain files', async () => {
    const [link, pipe] = [join(workspace, 'link'), join(workspace, 'pipe')];
    await symlink(decoy, link);
    execFileSync('mkfifo', [pipe]);
    expect(await plainText(link)).toBe('untouched');
    for (const path of [pipe, '/dev/null', workspace, join(workspace, 'absent')])
      expect(await plainText(path)).toBeUndefined();
  });

  it('[SANDBOX-16] are read up to a bound', async () => {
    expect(await readPlain(decoy, 4)).toEqual({ bytes: Buffer.from('unto'), size: 9 });
    const large = join(workspace, 'large');
    await writeFile(large, '');
    await truncate(large, 130 * 1024 * 1024);
    expect(await plainText(large)).toBeUndefined();
  });
});
