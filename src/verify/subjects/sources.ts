import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

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
      const { size } = await stat(join(folder, path)).catch(() => ({ size: Number.POSITIVE_INFINITY }));
      if (size > mostBytes) return undefined;
      return [path, await readFile(join(folder, path), 'utf8').catch(() => '')];
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
