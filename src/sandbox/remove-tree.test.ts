import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ordinaryUser } from '../../test/support/ordinary-user.ts';
import { removeTree } from './index.ts';

const root = resolve(import.meta.dirname, '../..');
const main = 'test/fixtures/remove-tree/main.ts';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remove-'));
  await chmod(folder, 0o755);
});
// What a removal could not do, another program can.
afterEach(() => {
  execFileSync('chmod', ['-R', 'u+rwX', folder]);
  execFileSync('rm', ['-rf', folder]);
});

describe('a tree that foreign code has written', () => {
  it('[ROBUST-10] is removed, whatever stands in it, and nothing that its links lead to', () => {
    const said = execFileSync(process.execPath, [main, folder], { cwd: root, encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual(['removed', false, true]);
  });

  it('[ROBUST-10] is removed by an ordinary user, too', () => {
    const { words, env } = ordinaryUser(folder, root);
    const [program = process.execPath, ...more] = words;
    const home = env['HOME'] ?? folder;
    const command = words.length === 0 ? [] : [process.execPath];
    const said = execFileSync(program, [...more, ...command, main, home], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
      ...(words.length === 0 && { cwd: root }),
    });
    expect(JSON.parse(said)).toEqual(['removed', false, true]);
  });

  it('may be a file, a link or nothing at all', async () => {
    const [file, link] = [join(folder, 'file'), join(folder, 'link')];
    await writeFile(file, '');
    await symlink(folder, link);
    await mkdir(join(folder, 'kept'));
    for (const one of [link, file, join(folder, 'none')]) await removeTree(one);
    expect(await readdir(folder)).toEqual(['kept']);
  });
});
