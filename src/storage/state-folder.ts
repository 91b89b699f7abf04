import type { Stats } from 'node:fs';
import { chmod, mkdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { CrafterError } from '../errors.ts';

/**
 * Makes the state folder where it is missing and returns its real path.
 * Under root the folder can be passed through by others but not listed: the database and the sandbox run as
 * other users and reach only what lies open to them below it. One that stands there must be this user's own.
 * @throws INVALID_INPUT for a path that is not absolute, MISSING_PREREQUISITE when it cannot be made or is open to others.
 */
export async function prepareStateFolder(stateFolder: string): Promise<string> {
  if (!isAbsolute(stateFolder)) {
    throw new CrafterError('INVALID_INPUT', `The state folder ${stateFolder} is not an absolute path.`, {
      hint: 'Set MCP_CRAFTER_HOME to an absolute path.',
    });
  }
  try {
    const made = await mkdir(stateFolder, { recursive: true, mode: 0o755 });
    const folder = await realpath(stateFolder);
    const found = await stat(folder);
    const root = process.getuid?.() === 0;
    if (made !== undefined) await chmod(folder, root ? 0o711 : 0o700);
    else if (isOpen(found)) throw open(folder);
    else if (root && (found.mode & 0o001) === 0) await chmod(folder, (found.mode & 0o777) | 0o011);
    return folder;
  } catch (error) {
    if (error instanceof CrafterError) throw error;
    throw new CrafterError('MISSING_PREREQUISITE', `The state folder ${stateFolder} cannot be used.`, {
      hint: 'Set MCP_CRAFTER_HOME to a folder that you may write to.',
      cause: error,
    });
  }
}

/** Somebody else may have laid something into it: it is another user's, or others write to it. A group of one's own is no other. */
function isOpen({ mode, uid, gid }: Stats): boolean {
  return uid !== process.getuid?.() || (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && gid !== process.getgid?.());
}

const open = (folder: string): CrafterError =>
  new CrafterError('MISSING_PREREQUISITE', `The state folder ${folder} is another user's, or others may write to it.`, {
    hint: 'Set MCP_CRAFTER_HOME to a folder of your own, such as a new one inside of it; or, when all that lies in it is yours: chmod go-w.',
  });
