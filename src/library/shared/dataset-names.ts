import { ToolError } from '#runtime/errors.ts';
import type { DatasetContext } from './dataset.ts';

const namePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
/** A dataset name from a path or a title: `Kunden 2024.csv` → `kunden_2024`. */
export function datasetName(text: string): string {
  const base = (text.split(/[\\/]/).at(-1) ?? '').replace(/\.[A-Za-z0-9]{1,5}$/, '');
  const name = base
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 64);
  return name === '' ? 'data' : name;
}

export function datasetPath(dataset: string): string {
  return `datasets/${dataset}.jsonl`;
}

export function checkName(dataset: string): void {
  if (namePattern.test(dataset)) return;
  throw new ToolError(
    `“${dataset.slice(0, 80)}” is not a dataset name.`,
    'Use 1 to 64 letters, digits, underscores or hyphens, starting with a letter or digit.',
  );
}

export async function findDataset(context: DatasetContext, dataset: string): Promise<string> {
  checkName(dataset);
  try {
    return await context.folders.toRead(datasetPath(dataset));
  } catch {
    const names = await datasetNames(context);
    throw new ToolError(
      `There is no dataset “${dataset}”.`,
      names.length === 0
        ? 'Read a file into a dataset first.'
        : `Datasets here: ${names.slice(0, 20).join(', ')}. Read a file into a new one, or use one of these.`,
    );
  }
}

/** Names of the datasets in the workspace. */
export async function datasetNames(context: DatasetContext): Promise<string[]> {
  const files = await context.folders.list('datasets', 1_000).catch(() => []);
  return files.filter((file) => file.endsWith('.jsonl')).map((file) => file.slice(0, -'.jsonl'.length));
}
