import { randomBytes } from 'node:crypto';
import { access, mkdtemp, readdir, rm, writeFile, symlink, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPackageManager } from '../../src/languages/typescript/npm.ts';
import { bounded } from '../../src/languages/typescript/supply/bounded.ts';
import { treeDigest } from '../../src/languages/typescript/supply/tree.ts';
import { openSandbox, removeTree } from '../../src/sandbox/index.ts';
import { makeForeignTree } from '../support/foreign-tree.ts';
import { integrityOf, startRegistry, tarball, type Published, type TestRegistry } from '../support/registry.ts';
import { work } from '../support/with-registry.ts';

const name = 'odd-words';
let folder: string;
let registry: TestRegistry;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tarballs-'));
  registry = await startRegistry({ [name]: {} });
  vi.stubEnv('npm_config_registry', registry.url);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await registry.close();
  await rm(folder, { recursive: true, force: true });
});

/** Installs the one package as its lock says. */
async function install(published: Published, bytes: number): Promise<string[]> {
  registry.publish(name, '1.0.0', published);
  const root = { name: 'server', version: '1.0.0', dependencies: { [name]: '1.0.0' } };
  const locked = { version: '1.0.0', integrity: integrityOf(tarball(name, '1.0.0', published)) };
  const lock = { ...root, lockfileVersion: 3, packages: { '': root, [`node_modules/${name}`]: locked } };
  const npm = createPackageManager(await openSandbox({ stateFolder: folder }), folder, { bytes, files: 1000 });
  const target = await mkdtemp(join(folder, 'target-'));
  await npm.install(JSON.stringify(root), JSON.stringify(lock), target, work);
  await treeDigest(join(target, 'node_modules'), [name]);
  return readdir(join(target, 'node_modules', name));
}

describe('the tarball of a package', () => {
  it('[SUPPLY-7] writes nothing outside of its package and leaves no link', async () => {
    const decoy = join(folder, 'decoy');
    const up = '../'.repeat(8);
    const installed = await install(
      {
        files: { 'package/ok.js': '', 'package/../../up.js': '', [`package/${up}${decoy.slice(1)}`]: '', [decoy]: '' },
        links: { 'package/link.js': '/etc/hostname', 'package/out': up },
      },
      1_000_000,
    );
    expect(installed).toContain('ok.js');
    expect(installed).not.toContain('link.js');
    expect(installed).not.toContain('out');
    await expect(access(decoy)).rejects.toThrow('ENOENT');
    expect((await readdir(folder)).filter((entry) => entry === 'up.js')).toEqual([]);
  });

  it('[SUPPLY-7] is stopped when it unpacks to more than it may', async () => {
    const bomb = { files: { 'package/noise': randomBytes(8_000_000) } };
    await expect(install(bomb, 4_000_000)).rejects.toMatchObject({
      code: 'DEPENDENCY_REFUSED',
      message: expect.stringContaining('4000000 bytes'),
    });
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  });

  it('[SUPPLY-7] is not even read to its end when nearly nothing unpacks to very much', async () => {
    const bomb = { files: { 'package/zeros': Buffer.alloc(8_000_000) } };
    await expect(install(bomb, 4_000_000)).rejects.toMatchObject({ code: expect.stringMatching(/^DEPENDENCY_/) });
  });

  it('[SUPPLY-7] is refused when it unpacks to paths that nobody can look at', async () => {
    const set = join(folder, 'set');
    const fill = async (): Promise<void> => makeForeignTree(set);
    const few = { bytes: 1_000_000, files: 1000 };
    await expect(bounded(set, few, work.signal, fill)).rejects.toMatchObject({ code: 'DEPENDENCY_REFUSED' });
    await removeTree(set);
  });

  it('[SUPPLY-7] leaves links that an unpacker let through unused', async () => {
    await mkdir(join(folder, 'set', name), { recursive: true });
    await writeFile(join(folder, 'set', name, 'a.js'), '');
    await symlink('/etc/hostname', join(folder, 'set', name, 'b.js'));
    await expect(treeDigest(join(folder, 'set'), [name])).rejects.toMatchObject({ code: 'DEPENDENCY_REFUSED' });
  });
});
