import { chmod, lstat, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAtomically, writeTree } from './index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcp-crafter-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('writing files', () => {
  it('[STORAGE-8] replaces a file whole, keeps its permissions, and follows a link to it', async () => {
    const file = join(folder, 'deep/file.json');
    await writeAtomically(file, 'one', 0o600);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await symlink(file, join(folder, 'link.json'));
    await writeAtomically(join(folder, 'link.json'), 'two');
    expect(await readFile(file, 'utf8')).toBe('two');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await lstat(join(folder, 'link.json'))).isSymbolicLink()).toBe(true);
    expect(await readdir(join(folder, 'deep'))).toEqual(['file.json']);
  });

  it('[STORAGE-8] leaves one whole file when many write it at once, and shows no other meanwhile', async () => {
    const file = join(folder, 'contested');
    // Longer than what is written in one go.
    const texts = Array.from({ length: 12 }, (_, index) => String(index).repeat(1_000_000));
    await writeAtomically(file, texts[0] as string);
    let writing = true;
    const all = Promise.all(texts.map((text) => writeAtomically(file, text))).finally(() => (writing = false));
    const read: string[] = [];
    while (writing) read.push(await readFile(file, 'utf8'));
    await all;
    read.push(await readFile(file, 'utf8'));
    expect(read.filter((text) => !texts.includes(text)).map(({ length }) => length)).toEqual([]);
  });

  it('[STORAGE-8] makes a tree exactly, and leaves the old one when the new one is refused', async () => {
    const tree = join(folder, 'project');
    await writeTree(tree, new Map([['old.txt', { text: 'old' }]]));
    await writeTree(
      tree,
      new Map([
        ['src/a.ts', { text: 'ä\n' }],
        ['run.sh', { text: 'x', executable: true }],
      ]),
    );
    expect((await readdir(tree, { recursive: true })).toSorted()).toEqual(['run.sh', 'src', 'src/a.ts']);
    expect((await stat(join(tree, 'run.sh'))).mode & 0o777).toBe(0o755);
    for (const path of ['../out', '/out', 'a/../../out', '']) {
      await expect(writeTree(tree, new Map([[path, { text: '' }]]))).rejects.toMatchObject({ code: 'INTERNAL' });
    }
    expect(await readFile(join(tree, 'src/a.ts'), 'utf8')).toBe('ä\n');
    expect((await readdir(folder)).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  it('[STORAGE-8] gives an error and leaves nothing behind where it may not write', async () => {
    await writeFile(join(folder, 'plain'), '');
    await chmod(join(folder, 'plain'), 0o600);
    await expect(writeAtomically(join(folder, 'plain/below'), 'x')).rejects.toThrow();
  });
});
