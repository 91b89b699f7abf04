import { join } from 'node:path';
import type { Crafter } from '../crafter.ts';
import { plainText } from '../sandbox/index.ts';
import type { Blueprint, ProjectFiles } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { cut, sha256 } from '../util/index.ts';
import type { Changes } from './outcome.ts';

/** Longest difference shown, in characters; the whole is in the folders. */
const maxCode = 100_000;

/** What changes between two versions; `kept` are the files that a person has changed and the server does not run. */
export async function changesOf(
  record: ServerRecord,
  next: Blueprint,
  files: { readonly before: ProjectFiles; readonly after: ProjectFiles },
  kept: readonly string[],
): Promise<Changes> {
  const { diffProjects } = await import('../generate/index.ts');
  const difference = diffProjects(files.before, files.after);
  return {
    version: { from: record.version, to: next.version },
    interface: [...difference.interface],
    code: cut(difference.code, maxCode),
    kept: [...kept],
  };
}

/** Files of the project folders that are not as they were generated; updates leave them as they are. */
export async function changedByHand(crafter: Crafter, record: ServerRecord): Promise<string[]> {
  const changed: string[] = [];
  for (const folder of [crafter.folders(record.name).project, ...(record.out === undefined ? [] : [record.out])]) {
    for (const [path, digest] of Object.entries(record.generated)) {
      const file = join(folder, path);
      const text = await plainText(file);
      if (text !== undefined && sha256(text) !== digest) changed.push(file);
    }
  }
  return changed;
}
