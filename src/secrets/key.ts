import { randomBytes } from 'node:crypto';
import { chmod, link, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CrafterError } from '../errors.ts';

/** The state folder's key: 32 bytes in base64, in a file that only its user can read. Made when there is none. */
export async function loadKey(stateFolder: string): Promise<Buffer> {
  const file = join(stateFolder, 'key');
  const text = (await readKey(file)) ?? (await makeKey(file));
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === 32) return key;
  throw new CrafterError('MISSING_PREREQUISITE', `The key file ${file} does not hold a key of mcp-crafter.`, {
    hint: `Put back the key file that was there, or remove it and set all secrets again.`,
  });
}

async function readKey(file: string): Promise<string | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    if (((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CrafterError('MISSING_PREREQUISITE', `The key file ${file} cannot be read.`, {
      hint: 'Run mcp-crafter as the user that owns its state folder.',
      cause: error,
    });
  }
}

/** A link, unlike a rename, fails when another process was first: then its key counts. */
async function makeKey(file: string): Promise<string> {
  const text = `${randomBytes(32).toString('base64')}\n`;
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
