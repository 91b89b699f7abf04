import { chmod, lstat, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlaces, placesOf } from './places.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'places-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

it.each(['../x', '..', 'a/b', '', 'a\0', '/etc'])('[DURABLE-WANT-13] the name %j has no places of a server', (name) => {
  const places = placesOf(home);
  for (const place of [places.server, places.folders, places.artifact, places.staging])
    expect(() => place(name)).toThrow('is no name of');
});

describe('[STORAGE-13] the folders of a state folder', () => {
  it('are open to their user only, also those of an earlier version', async () => {
    await mkdir(join(home, 'workspaces'));
    await chmod(join(home, 'workspaces'), 0o755);
    const places = placesOf(home);
    await makePlaces(places);
    const folders = ['tmp', 'logs', 'servers', 'workspaces', 'artifacts', 'run'].map((name) => join(home, name));
    const modes = await Promise.all(folders.map(async (folder) => (await lstat(folder)).mode & 0o777));
    expect(new Set(modes)).toEqual(new Set([0o700]));
  });

  it('are not taken over outside of it when somebody else was there first', async () => {
    const deep = join(home, 'x'.repeat(60));
    await mkdir(deep);
    const { run } = placesOf(deep);
    expect(run.startsWith(deep)).toBe(false);
    await symlink(home, run);
    try {
      await expect(makePlaces(placesOf(deep))).rejects.toMatchObject({ code: 'MISSING_PREREQUISITE' });
    } finally {
      await rm(run);
    }
  });
});
