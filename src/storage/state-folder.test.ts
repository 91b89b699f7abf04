import { chmod, chown, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareStateFolder } from './index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'state-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a state folder that was there before', () => {
  it.each(['700', '755', '711'])('[STORAGE-13] is taken with mode %s', async (mode) => {
    await chmod(folder, mode);
    expect(await prepareStateFolder(folder)).toBe(folder);
  });

  it.each(['777', '1777', '702'])(
    '[STORAGE-13] is refused with mode %s: others may have written to it',
    async (mode) => {
      await chmod(folder, mode);
      await expect(prepareStateFolder(folder)).rejects.toMatchObject({ code: 'MISSING_PREREQUISITE' });
      expect((await stat(folder)).mode & 0o7777).toBe(Number.parseInt(mode, 8));
    },
  );

  it.skipIf(process.getuid?.() !== 0)(
    '[STORAGE-13] is refused as root where it, or a group that may write, is somebody else’s',
    async () => {
      await chown(folder, 1234, 0);
      await expect(prepareStateFolder(folder)).rejects.toMatchObject({ code: 'MISSING_PREREQUISITE' });
      await chown(folder, 0, 1234);
      await chmod(folder, 0o775);
      await expect(prepareStateFolder(folder)).rejects.toMatchObject({ code: 'MISSING_PREREQUISITE' });
      await chown(folder, 0, 0);
      expect(await prepareStateFolder(folder)).toBe(folder);
    },
  );
});
