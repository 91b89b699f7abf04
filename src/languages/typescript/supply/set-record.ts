import { readFile, writeFile } from 'node:fs/promises';
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
  await writeFile(fileOf(nodeModules), JSON.stringify({ folders, tree, trace, published }));
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
    await writeFile(fileOf(nodeModules), JSON.stringify({ folders, tree, trace: now, published }));
    return true;
  } catch {
    return false;
  }
}
