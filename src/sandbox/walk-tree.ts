import { opendir } from 'node:fs/promises';
import { join } from 'node:path';

export interface TreeEntry {
  /** Absolute, below the folder. */
  readonly path: string;
  /** `unreadable`: a folder of which nobody knows what is in it. */
  readonly kind: 'file' | 'folder' | 'other' | 'unreadable';
}

/**
 * What lies below a folder that foreign code may be writing to, one by one, so that whoever counts can stop; links are not
 * followed. What is taken away meanwhile is left out, and so is a folder that is not there.
 */
export async function* walkTree(folder: string): AsyncGenerator<TreeEntry> {
  const left = [folder];
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    try {
      for await (const entry of await opendir(at, { bufferSize: 256 })) {
        const path = join(at, entry.name);
        if (entry.isDirectory()) left.push(path);
        yield { path, kind: entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other' };
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') yield { path: at, kind: 'unreadable' };
    }
  }
}
