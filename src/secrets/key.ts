import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { CrafterError } from '../errors.ts';
import { prepareStateFolder, writeAtomically } from '../storage/index.ts';
import { keptText, readKept } from './kept-text.ts';
import { openKeyring } from './keyring.ts';

export type KeyPlace = 'file' | 'keyring';

/** Stands in the key file when the key itself lies in the keyring. */
const elsewhere = 'keyring';

/**
 * The state folder's key, 32 bytes: in its key file, or in the system's keyring where that file says so. Made, in the file,
 * when there is none.
 * @throws CrafterError MISSING_PREREQUISITE when it cannot be had.
 */
export async function loadKey(stateFolder: string): Promise<Buffer> {
  const file = keyFile(stateFolder);
  const text = await keptText(file, () => `${randomBytes(32).toString('base64')}\n`);
  if (text.trim() === elsewhere) return fromKeyring(stateFolder);
  return keyOf(text) ?? Promise.reject(noKey(`The key file ${file} does not hold a key of mcp-crafter.`));
}

/** Where the key lies; undefined when there is none yet. */
export async function keyPlace(stateFolder: string): Promise<KeyPlace | undefined> {
  const text = await readKept(keyFile(stateFolder));
  return text === undefined ? undefined : text.trim() === elsewhere ? 'keyring' : 'file';
}

/**
 * Moves the key; a running service goes on with the one that it has read, which is the same. At no moment does it lie nowhere.
 * @returns false when it lay there already.
 */
export async function moveKey(stateFolder: string, to: KeyPlace): Promise<boolean> {
  const folder = await prepareStateFolder(stateFolder);
  const key = await loadKey(folder);
  if ((await keyPlace(folder)) === to) return false;
  const keyring = await openKeyring(folder);
  const text = `${key.toString('base64')}\n`;
  if (to === 'file') {
    await writeAtomically(keyFile(folder), text, 0o600);
    await keyring.remove();
    return true;
  }
  await keyring.set(text.trim());
  if (!(await fromKeyring(folder)).equals(key))
    throw noKey("The system's keyring does not give back what it was given.");
  await writeAtomically(keyFile(folder), `${elsewhere}\n`, 0o600);
  return true;
}

const keyFile = (stateFolder: string): string => join(stateFolder, 'key');

async function fromKeyring(stateFolder: string): Promise<Buffer> {
  const text = await (await openKeyring(stateFolder)).get();
  return (
    keyOf(text ?? '') ?? Promise.reject(noKey(`The system's keyring holds no key of mcp-crafter for ${stateFolder}.`))
  );
}

function keyOf(text: string): Buffer | undefined {
  const key = Buffer.from(text.trim(), 'base64');
  return key.length === 32 ? key : undefined;
}

function noKey(message: string): CrafterError {
  return new CrafterError('MISSING_PREREQUISITE', message, {
    hint: 'Put back the key that was there (a backup holds it), or remove the file `key` of the state folder and set all secrets again.',
  });
}
