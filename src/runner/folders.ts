import { realpath } from 'node:fs/promises';
import { CrafterError } from '../errors.ts';
import type { Mount } from '../sandbox/index.ts';
import type { FolderGrant } from '../spec/index.ts';

/** Where a server's own parts lie inside the sandbox. */
const taken = ['/app', '/deps', '/egress', '/node', '/project', '/run'];

/**
 * Mounts of the folders a user granted, each at the same path inside.
 * @param runFolder where the host keeps sockets of servers: a granted folder with it inside would give them away.
 * @throws CrafterError GRANT_REFUSED.
 */
export async function folderMounts(folders: readonly FolderGrant[], runFolder: string): Promise<Mount[]> {
  await refuseExchanged(folders);
  return folders.map(({ path, access, real = path }) => {
    if (path.includes(':') || path.includes('\n')) {
      throw new CrafterError('GRANT_REFUSED', `${path} cannot be granted: its name holds a colon or a line break.`, {
        hint: 'Rename the folder, or grant the folder above it.',
      });
    }
    if ([path, real].some((place) => isBelow(runFolder, place) || isBelow(place, runFolder))) {
      throw new CrafterError('GRANT_REFUSED', `${path} cannot be granted: mcp-crafter keeps its sockets there.`, {
        hint: 'Move the files to a folder of their own and grant that.',
      });
    }
    if (taken.some((place) => isBelow(path, place))) {
      throw new CrafterError(
        'GRANT_REFUSED',
        `${path} cannot be granted: servers have parts of their own at that path.`,
        {
          hint: 'Move the files to another folder and grant that.',
        },
      );
    }
    return { source: real, target: path, access, owned: false };
  });
}

/** Whoever may write above a granted folder, another server for one, could put a link to anywhere in its place. */
async function refuseExchanged(folders: readonly FolderGrant[]): Promise<void> {
  const real = new Map<string, string>();
  for (const { path, real: granted } of folders) {
    const now = await realpath(path).catch(() => undefined);
    real.set(path, now ?? path);
    if (granted === undefined || now === undefined || now === granted) continue;
    throw new CrafterError('GRANT_REFUSED', `${path} leads to ${now} now. When it was granted it was ${granted}.`, {
      hint: `Look who changed that. If you mean what stands there now, grant it again: mcp-crafter update NAME --folder ${path}`,
    });
  }
  for (const outer of folders.filter(({ access }) => access === 'write')) {
    for (const { path } of folders.filter((inner) => isBelow(inner.path, outer.path))) {
      if (isBelow(real.get(path) ?? path, real.get(outer.path) ?? outer.path)) continue;
      throw new CrafterError('GRANT_REFUSED', `${path} leads out of ${outer.path}, which the server may write to.`, {
        hint: 'A link stands there now. Look where it leads; grant its target by its own path if you mean it.',
      });
    }
  }
}

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** The same as the server reads it from MCP_FOLDERS. */
export const folderVariable = (folders: readonly FolderGrant[]): string =>
  folders.map(({ path, access }) => (access === 'write' ? `${path}=rw` : path)).join(':');
