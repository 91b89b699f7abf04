import type { Stats } from 'node:fs';
import { chmod, chown, lchown, readdir, realpath, stat } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { CrafterError } from '../errors.ts';
import { SANDBOX_ID, runsAsRoot } from './host.ts';
import type { Mount } from './types.ts';

/** Places inside that belong to the sandbox itself; nothing may be mounted on them or above them. */
const reserved = [
  '/',
  '/bin',
  '/dev',
  '/lib',
  '/lib32',
  '/lib64',
  '/proc',
  '/sbin',
  '/sys',
  '/usr',
  '/etc/hosts',
  '/etc/passwd',
];

/**
 * Checks each mount and, as root, lets the sandbox's user into folders that are mcp-crafter's own.
 * @throws CrafterError INVALID_INPUT for a path that is no mount, GRANT_REFUSED when the sandbox's user may not use it.
 */
export async function prepareMounts(mounts: readonly Mount[], stateFolder: string): Promise<void> {
  const state = await realpath(stateFolder).catch(() => stateFolder);
  await Promise.all(mounts.map((mount) => prepareMount(mount, state)));
}

async function prepareMount(mount: Mount, state: string): Promise<void> {
  const { source, target, access } = mount;
  checkPath(source);
  checkTarget(target);
  const real = await realpath(source).catch((error: NodeJS.ErrnoException) => {
    throw new CrafterError(
      'GRANT_REFUSED',
      `${source} cannot be shown to the sandbox: ${error.code ?? error.message}.`,
      {
        hint: 'Check that the path exists and that you may read it.',
      },
    );
  });
  const ownState = isBelow(real, state);
  if (ownState ? mount.owned === false : isBelow(state, real)) {
    throw new CrafterError('GRANT_REFUSED', `${source} and mcp-crafter's own state folder lie in each other.`, {
      hint: 'Grant a folder that does not hold, and does not lie in, the state folder.',
    });
  }
  if (!runsAsRoot()) return;
  const found = await stat(real);
  if (mount.owned === true || ownState) await letIn(real, found, access);
  else if (!mayUse(found, access)) throw refusal(source, found, access);
}

function checkPath(path: string): void {
  if (path.startsWith('/') && normalize(path) === path && !path.includes('\0')) return;
  throw new CrafterError('INVALID_INPUT', `${JSON.stringify(path)} cannot be mounted.`, {
    hint: 'Give an absolute path without `..`, without a trailing slash.',
  });
}

function checkTarget(target: string): void {
  checkPath(target);
  const taken = reserved.some(
    (path) => target === path || (path !== '/' && target.startsWith(`${path}/`)) || path.startsWith(`${target}/`),
  );
  if (!taken || target === '/etc') return;
  throw new CrafterError('GRANT_REFUSED', `${target} cannot be shown to a sandboxed server.`, {
    hint: 'Grant a folder with your data, not a folder of the system.',
  });
}

export const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep);

function mayUse(found: Stats, access: Mount['access']): boolean {
  if (found.isSocket()) return true;
  const wanted = (access === 'write' ? 0o6 : 0o4) | (found.isDirectory() ? 0o1 : 0);
  const shift = found.uid === SANDBOX_ID ? 6 : found.gid === SANDBOX_ID ? 3 : 0;
  return ((found.mode >> shift) & wanted) === wanted;
}

function refusal(source: string, found: Stats, access: Mount['access']): CrafterError {
  const verb = access === 'write' ? 'write to' : 'read';
  const rights = access === 'write' ? 'rwX' : 'rX';
  const who = found.uid === SANDBOX_ID ? 'u' : found.gid === SANDBOX_ID ? 'g' : 'o';
  const quoted = `'${source.replaceAll("'", String.raw`'\''`)}'`;
  return new CrafterError('GRANT_REFUSED', `The sandboxed server may not ${verb} ${source}.`, {
    hint: `Servers run as the user ${SANDBOX_ID} here, who has no account. Run: chmod -R ${who}+${rights} ${quoted}`,
  });
}

/**
 * A folder to write to becomes the sandbox user's, whole, the first time: later its contents are that user's and
 * are not walked again, for links in them could lead outside. One to read only gets its top opened to that user's group.
 */
async function letIn(path: string, found: Stats, access: Mount['access']): Promise<void> {
  if (mayUse(found, access)) return;
  if (access === 'read') {
    await chown(path, found.uid, SANDBOX_ID);
    await chmod(path, (found.mode & 0o7777) | (found.isDirectory() ? 0o050 : 0o040));
    return;
  }
  if (found.uid !== SANDBOX_ID) await handOver(path);
  await chmod(path, (found.mode & 0o7777) | (found.isDirectory() ? 0o700 : 0o600));
}

async function handOver(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true }).catch(() => [])) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) await handOver(child);
    else await lchown(child, SANDBOX_ID, SANDBOX_ID);
  }
  await lchown(path, SANDBOX_ID, SANDBOX_ID);
}
