import { createHash } from 'node:crypto';
import { chmod, lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CrafterError } from '../../errors.ts';

/**
 * SHA-256 over names and contents in the order of the names, and the size. Everybody may read the files from then on.
 * @throws CrafterError BUILD_FAILED for anything in it that is no file.
 */
export async function digestOf(folder: string): Promise<{ digest: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const name of (await readdir(folder)).toSorted()) {
    const path = join(folder, name);
    if (!(await lstat(path)).isFile())
      throw new CrafterError('BUILD_FAILED', `The bundle holds ${name}, which is no file.`, { hint: 'Build again.' });
    const content = await readFile(path);
    await chmod(path, 0o644);
    bytes += content.length;
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return { digest: hash.digest('hex'), bytes };
}
