import { CrafterError } from '../errors.ts';
import { moveKey, type KeyPlace } from '../secrets/index.ts';

export const keyWords: Readonly<Record<KeyPlace, string>> = {
  file: 'In the file `key` of the state folder, which only you can read.',
  keyring: "In the system's keyring.",
};

/**
 * Moves the key of a state folder's secrets.
 * @param to `file` or `keyring`.
 * @throws CrafterError INVALID_INPUT for another place; MISSING_PREREQUISITE when the keyring does not answer.
 */
export async function moveStateKey(
  stateFolder: string,
  to: string,
): Promise<{ key: KeyPlace; moved: boolean; message: string }> {
  if (to !== 'file' && to !== 'keyring')
    throw new CrafterError('INVALID_INPUT', `There is no place for keys named "${to}".`, {
      hint: 'Say `file` or `keyring`.',
    });
  const moved = await moveKey(stateFolder, to);
  return { key: to, moved, message: keyWords[to] };
}
