import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readInside } from '../../sandbox/index.ts';

const skipped = new Set(['node_modules', '.git', '.venv', '__pycache__', 'coverage']);
const textual =
  /\.(?:[cm]?[jt]sx?|json|md|txt|ya?ml|toml|sh|py|env|example|ini|cfg|html|css)$|(?:^|\/)(?:\.env[\w.]*|Dockerfile|\.npmrc)$/;
const mostFiles = 400;
const mostBytes = 400_000;

/** The texts of a folder, without its dependencies: relative POSIX path to text, sorted; number and size are bounded. */
export async function readSources(folder: string): Promise<Map<string, string>> {
  const paths = (await walk(folder, '', 0)).sort().slice(0, mostFiles);
  const texts = await Promise.all(
    paths.map(async (path): Promise<[string, string] | undefined> => {
      const found = await readInside(folder, path, mostBytes);
      return found === undefined || found.size > mostBytes ? undefined : [path, found.bytes.toString()];
    }),
  );
  return new Map(texts.filter((entry) => entry !== undefined));
}

async function walk(root: string, below: string, depth: number): Promise<string[]> {
  if (depth > 8) return [];
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const path = below ? `${below}/${entry.name}` : entry.name;
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(root, path, depth + 1);
      return entry.isFile() && textual.test(path) ? [path] : [];
    }),
  );
  return found.flat();
}
