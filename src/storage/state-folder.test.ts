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

describe('[STORAGE-13] a state folder that was there before', () => {
  it.each([0o700, 0o755, 0o711])('is taken with mode %o', async (mode) => {
    await chmod(folder, mode);
    expect(await prepareStateFolder(folder)).toBe(folder);
  });

  it.each([0o777, 0o1777, 0o702])('is refused with mode %o: others may have written to it', async (mode) => {
    await chmod(folder, mode);
    await expect(prepareStateFolder(folder)).rejects.toMatchObject({ code: 'MISSING_PREREQUISITE' });
    expect((await stat(folder)).mode & 0o7777).toBe(mode);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'is refused as root where it, or a group that may write, is somebody else’s',
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
