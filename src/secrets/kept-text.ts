import { randomBytes } from 'node:crypto';
import { chmod, link, open, readFile, rm, stat } from 'node:fs/promises';
import { CrafterError } from '../errors.ts';

/** What stands in a file of secrets, which only its user can read; undefined when there is none. */
export async function readKept(file: string): Promise<string | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    if (((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CrafterError('MISSING_PREREQUISITE', `The file ${file} cannot be read.`, {
      hint: 'Run mcp-crafter as the user that owns its state folder.',
      cause: error,
    });
  }
}

/** What stands in such a file, which is made when there is none. */
export async function keptText(file: string, make: () => string): Promise<string> {
  return (await readKept(file)) ?? makeKept(file, make());
}

/** A link, unlike a rename, fails when another process was first: then what it wrote counts. */
async function makeKept(file: string, text: string): Promise<string> {
  const beside = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(beside, 'wx', 0o600);
    await handle.writeFile(text);
    await handle.sync();
    await handle.close();
    await link(beside, file);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFile(file, 'utf8');
  } finally {
    await rm(beside, { force: true });
  }
}
