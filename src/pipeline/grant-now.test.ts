import { mkdir, mkdtemp, realpath, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordOf } from '../../test/support/empty-crafter.ts';
import { wordForm } from '../../test/support/cli.ts';
import { folderMounts } from '../runner/folders.ts';
import type { Grants } from '../spec/index.ts';
import { grantNow } from './grant-now.ts';

let home: string;
let shared: string;
beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'real-')));
  shared = join(home, 'outer', 'shared');
  for (const folder of [shared, join(home, 'letters')]) await mkdir(folder, { recursive: true });
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** What a server does that may write above the folder. */
async function exchange(): Promise<void> {
  await rename(shared, `${shared}-away`);
  await symlink(join(home, 'letters'), shared);
}

const read = (path: string, real?: string) => ({
  path,
  access: 'read' as const,
  ...(real === undefined ? {} : { real }),
});

async function granted(folders: Grants['folders'], again: Grants['folders'] = [], had?: Grants): Promise<Grants> {
  const { blueprint } = recordOf(wordForm('shop'));
  const wanted = { ...blueprint, grants: { hosts: [], folders } };
  return (await grantNow(wanted, { folders: again, hosts: [], environment: {} }, had)).blueprint.grants;
}
const mounted = ({ folders }: Grants) => folderMounts(folders, join(home, 'run'));

describe('[EGRESS-11] a granted folder', () => {
  it('is refused where its path leads elsewhere since', async () => {
    const grants = await granted([read(shared)]);
    expect(await mounted(grants)).toMatchObject([{ source: shared, target: shared }]);
    await exchange();
    await expect(mounted(grants)).rejects.toMatchObject({
      code: 'GRANT_REFUSED',
      message: `${shared} leads to ${join(home, 'letters')} now. When it was granted it was ${shared}.`,
    });
  });

  it('that is a link is shown as what it led to', async () => {
    const link = join(home, 'link');
    await symlink(shared, link);
    expect(await mounted(await granted([read(link)]))).toMatchObject([{ source: shared, target: link }]);
  });

  it('is not granted anew by an update that does not name it, and is by one that does', async () => {
    const had = await granted([read(shared)]);
    await exchange();
    expect(await granted(had.folders, [], had)).toEqual(had);
    const again = await granted(had.folders, [read(shared)], had);
    expect(await mounted(again)).toMatchObject([{ source: join(home, 'letters'), target: shared }]);
  });

  it('is what stands there, whatever a document says of it', async () => {
    const { folders } = await granted([read(shared, join(home, 'letters'))]);
    expect(folders).toEqual([read(shared, shared)]);
  });
});
