import { chmod, chown, lstat, mkdir, readlink, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CrafterError } from '../../errors.ts';
import { newId, sha256 } from '../../util/index.ts';
import { prepareStateFolder } from '../state-folder.ts';
import { type Account, databaseAccount } from './account.ts';

/** Where a state folder's PostgreSQL lives. Everything but `data` and `socketFolder` belongs to the starter. */
export interface Place {
  readonly folder: string;
  readonly data: string;
  readonly log: string;
  readonly socketFolder: string;
  readonly account: Account | undefined;
}

/** Longest path of a unix socket on Linux, in bytes (unix(7): 108 with the final zero). */
const longestSocketPath = 107;

/**
 * Chooses and makes the folders. Under root they must be reachable by the database's own user: a state folder below
 * a closed one (such as /root) keeps its database in /var/lib/mcp-crafter instead, and links to it.
 */
export async function preparePlace(stateFolder: string): Promise<Place> {
  const account = await databaseAccount();
  const place = await choosePlace(stateFolder, account);
  await prepareStateFolder(dirname(place.folder));
  await mkdir(place.folder, { recursive: true });
  // Said outright, because the umask may be anything.
  await chmod(place.folder, account ? 0o711 : 0o700);
  await makePrivate(place.socketFolder, account);
  return place;
}

export async function choosePlace(stateFolder: string, account?: Account): Promise<Place> {
  const reachable = account === undefined || (await passable(stateFolder));
  const folder = reachable ? join(stateFolder, 'postgres') : await outsideFolder(stateFolder);
  const socket = join(folder, 'run', '.s.PGSQL.5432');
  const key = sha256(folder).slice(0, 12);
  const short = Buffer.byteLength(socket) <= longestSocketPath;
  return {
    folder,
    data: join(folder, 'data'),
    log: join(folder, 'postgres.log'),
    socketFolder: short ? dirname(socket) : `/tmp/mcp-crafter-${key}`,
    account,
  };
}

/** The state folder's link to it tells which one is its own; without the link there is none yet. */
async function outsideFolder(stateFolder: string): Promise<string> {
  const linked = join(stateFolder, 'postgres');
  await symlink(join('/var/lib/mcp-crafter', newId('postgres')), linked).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readlink(linked);
}

/** Makes a folder that only the database's user enters; one that stands there must be just that. */
export async function makePrivate(folder: string, account: Account | undefined): Promise<void> {
  const uid = account?.uid ?? process.getuid?.() ?? 0;
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(folder);
  if (found.isDirectory() && (found.mode & 0o077) === 0) {
    if (found.uid === uid) return;
    // Made by us, now or in a start that was cut short, and not handed over yet.
    if (account && found.uid === process.getuid?.()) return chown(folder, account.uid, account.gid);
  }
  throw new CrafterError('DATABASE_UNAVAILABLE', `The folder ${folder} is not private to the database's user.`, {
    hint: `Remove ${folder} if it is not in use, then try again.`,
  });
}

/** Whether every user may pass through the folder and all above it. */
async function passable(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (dirname(at) === at) return true;
  }
}
