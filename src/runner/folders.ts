import { CrafterError } from '../errors.ts';
import type { Mount } from '../sandbox/index.ts';
import type { FolderGrant } from '../spec/index.ts';

/** Where a server's own parts lie inside the sandbox. */
const taken = ['/app', '/deps', '/egress', '/node', '/project', '/run'];

/** Mounts of the folders a user granted, each at the same path inside. */
export function folderMounts(folders: readonly FolderGrant[]): Mount[] {
  return folders.map(({ path, access }) => {
    if (path.includes(':') || path.includes('\n')) {
      throw new CrafterError('GRANT_REFUSED', `${path} cannot be granted: its name holds a colon or a line break.`, {
        hint: 'Rename the folder, or grant the folder above it.',
      });
    }
    if (taken.some((place) => path === place || path.startsWith(`${place}/`))) {
      throw new CrafterError(
        'GRANT_REFUSED',
        `${path} cannot be granted: servers have parts of their own at that path.`,
        {
          hint: 'Move the files to another folder and grant that.',
        },
      );
    }
    return { source: path, target: path, access, owned: false };
  });
}

/** The same as the server reads it from MCP_FOLDERS. */
export const folderVariable = (folders: readonly FolderGrant[]): string =>
  folders.map(({ path, access }) => (access === 'write' ? `${path}=rw` : path)).join(':');
