import { mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Folders, Root } from './context.ts';
import { ToolError } from './errors.ts';
import { readBounded, replaceFile, listFiles } from './folder-files.ts';

/**
 * The workspace (MCP_WORKSPACE, else ./workspace) and the granted folders (MCP_FOLDERS: absolute paths,
 * separated by `:`, writable ones with the suffix `=rw`).
 */
export function openFolders({ maxInputBytes }: { readonly maxInputBytes: number }): Folders {
  const workspace = resolve(process.env['MCP_WORKSPACE'] || 'workspace');
  const granted = (process.env['MCP_FOLDERS'] ?? '').split(':').filter(isAbsolute).map(toRoot);
  const roots = [{ name: 'workspace', path: workspace, writable: true }, ...granted];
  return {
    roots,
    maxInputBytes,
    toRead: (path) => toRead(roots, path),
    toWrite: (path) => toWrite(roots, path),
    readText: async (path, maxBytes = maxInputBytes) => readBounded(await toRead(roots, path), path, maxBytes),
    async writeText(path, text) {
      const target = await toWrite(roots, path);
      await replaceFile(target, text);
      return { path: target, bytes: Buffer.byteLength(text) };
    },
    async list(path = '.', limit = 1000) {
      return listFiles(await toRead(roots, path), limit);
    },
  };
}

function toRoot(entry: string): Root {
  const writable = entry.endsWith('=rw');
  const path = resolve(writable ? entry.slice(0, -3) : entry);
  return { name: basename(path), path, writable };
}

async function toRead(roots: readonly Root[], path: string): Promise<string> {
  for (const candidate of candidates(roots, path)) {
    const real = await realpath(candidate).catch(() => undefined);
    if (real === undefined) continue;
    if ((await rootOf(roots, real)) === undefined) throw outside(roots, path);
    return real;
  }
  if (isAbsolute(path) && !roots.some((root) => isInside(root.path, resolve(path)))) throw outside(roots, path);
  throw new ToolError(`There is no file or folder ${JSON.stringify(path)}.`, `Use a path below ${namesOf(roots)}.`);
}

async function toWrite(roots: readonly Root[], path: string): Promise<string> {
  const [target] = candidates(roots, path);
  if (target === undefined || !roots.some((root) => isInside(root.path, target))) throw outside(roots, path);
  await mkdir(roots[0]!.path, { recursive: true }).catch(() => undefined);
  // Judged by where the nearest existing folder really lies, before anything is made.
  const parent = await nearestReal(dirname(target));
  const root = await rootOf(roots, parent.real);
  if (root === undefined) throw outside(roots, path);
  if (!root.writable)
    throw new ToolError(`The folder ${root.name} may only be read.`, 'Write to the workspace instead.');
  const folder = join(parent.real, parent.rest);
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new ToolError(`Cannot make the folder for ${JSON.stringify(path)}: ${error.code}.`, 'Choose another path.');
  });
  const real = await realpath(join(folder, basename(target))).catch(() => join(folder, basename(target)));
  if (!(await rootOf(roots, real))?.writable) throw outside(roots, path);
  return real;
}

function candidates(roots: readonly Root[], path: string): string[] {
  if (path === '' || path.includes('\0'))
    throw new ToolError('The path is empty or not valid.', 'Give a file name or a path.');
  return isAbsolute(path) ? [resolve(path)] : roots.map((root) => resolve(root.path, path));
}

/** The root that really holds a real path; the innermost when roots lie in each other. */
async function rootOf(roots: readonly Root[], real: string): Promise<Root | undefined> {
  const found: { root: Root; depth: number }[] = [];
  for (const root of roots) {
    const path = await realpath(root.path).catch(() => root.path);
    if (isInside(path, real)) found.push({ root, depth: path.length });
  }
  return found.toSorted((a, b) => b.depth - a.depth)[0]?.root;
}

async function nearestReal(folder: string): Promise<{ real: string; rest: string }> {
  for (let current = folder; ; current = dirname(current)) {
    const real = await realpath(current).catch(() => undefined);
    if (real !== undefined) return { real, rest: relative(current, folder) };
  }
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function outside(roots: readonly Root[], path: string): ToolError {
  return new ToolError(
    `${JSON.stringify(path)} lies outside of the folders this server may use.`,
    `Use a path below ${namesOf(roots)}.`,
  );
}

function namesOf(roots: readonly Root[]): string {
  return roots.map((root) => (root.name === 'workspace' ? 'the workspace' : root.path)).join(', ');
}
