import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { treeDigest, treeTrace } from './tree.ts';
import type { PublishTimes } from './refuse.ts';

const setRecord = z.strictObject({
  /** Folders of the packages that were fetched, in node_modules. */
  folders: z.array(z.string()),
  /** SHA-256 of what is in them. */
  tree: z.string(),
  /** Changes when a file of it was touched. */
  trace: z.string(),
  /** By `name@version`. */
  published: z.record(z.string(), z.string().nullable()),
});

/** What is known of a set of fetched packages; it lies beside them. */
export type SetRecord = z.infer<typeof setRecord>;

const fileOf = (nodeModules: string): string => join(dirname(nodeModules), 'set.json');

async function write(nodeModules: string, record: SetRecord): Promise<void> {
  const beside = `${fileOf(nodeModules)}.new`;
  await writeFile(beside, JSON.stringify(record));
  await rename(beside, fileOf(nodeModules));
}

/** Undefined for a set that nothing was fetched for, and one of which nothing can be said any more. */
export async function readSetRecord(nodeModules: string): Promise<SetRecord | undefined> {
  try {
    return setRecord.parse(JSON.parse(await readFile(fileOf(nodeModules), 'utf8')));
  } catch {
    return undefined;
  }
}

export async function writeSetRecord(
  nodeModules: string,
  folders: readonly string[],
  published: PublishTimes,
): Promise<void> {
  const [tree, trace] = [await treeDigest(nodeModules, folders), await treeTrace(nodeModules, folders)];
  await write(nodeModules, { folders: [...folders], tree, trace, published });
}

/** What the registry said of a set later than it was fetched. */
export async function keepTimes(nodeModules: string, published: PublishTimes): Promise<void> {
  const record = await readSetRecord(nodeModules);
  if (record !== undefined) await write(nodeModules, { ...record, published });
}

/** Whether a set still is what was installed. What was touched is read through, and compared by content. */
export async function isUnchanged(
  nodeModules: string,
  { folders, tree, trace, published }: SetRecord,
): Promise<boolean> {
  try {
    const now = await treeTrace(nodeModules, folders);
    if (now === trace) return true;
    if ((await treeDigest(nodeModules, folders)) !== tree) return false;
    await write(nodeModules, { folders, tree, trace: now, published });
    return true;
  } catch {
    return false;
  }
}
