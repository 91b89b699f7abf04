import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Defence } from './define.ts';

export interface Area {
  /** Name of the file here, and of its requirements in test/requirements/. */
  readonly name: string;
  readonly defences: readonly Defence[];
}

/** The defences of each area: every file of this folder that shows `defences`. */
export async function listDefences(): Promise<readonly Area[]> {
  const names = readdirSync(import.meta.dirname).map((file) => file.replace(/\.ts$/, ''));
  const areas = await Promise.all(
    names.toSorted().map(async (name) => ({
      name,
      ...((await import(join(import.meta.dirname, `${name}.ts`))) as { defences?: Defence[] }),
    })),
  );
  return areas.flatMap(({ name, defences }) => (defences === undefined ? [] : [{ name, defences }]));
}
