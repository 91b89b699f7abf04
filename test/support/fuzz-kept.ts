import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../true/fuzz/kept');

/**
 * Cases that broke a target once, tried before all made-up ones: files below `kept/<name of the target>/`. A `.txt` file is a case as
 * it stands, a `.json` file one written as JSON.
 */
export function keptCases<Case>(target: string): [Case][] {
  const own = join(folder, keptFolder(target));
  return filesIn(own).map((name) => {
    const text = readFileSync(join(own, name), 'utf8');
    return [(name.endsWith('.json') ? JSON.parse(text) : text) as Case];
  });
}

export const keptFolder = (target: string): string => target.toLowerCase().replaceAll(' ', '-');

/** Names of the targets that have kept cases, as their folders are called. */
export const keptFolders = (): string[] => readdirSync(folder);

function filesIn(path: string): string[] {
  try {
    return readdirSync(path).toSorted();
  } catch {
    return [];
  }
}
