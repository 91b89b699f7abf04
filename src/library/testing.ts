import { mkdir, mkdtemp, readFile, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { FolderContext, ToolContext } from '#runtime/context.ts';
import { ToolError } from '#runtime/errors.ts';

/** A real workspace in a temporary folder, for tests of recipes. */
export interface TestContext {
  readonly context: ToolContext & FolderContext;
  readonly workspace: string;
  readonly progress: string[];
  abort(): void;
  read(path: string): Promise<string>;
  dispose(): Promise<void>;
}

export interface TestContextOptions {
  /** Files laid into the workspace: name to content. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly maxInputBytes?: number;
}

export async function makeTestContext(options: TestContextOptions = {}): Promise<TestContext> {
  const workspace = await realpath(await mkdtemp(join(tmpdir(), 'mcp-crafter-recipe-')));
  for (const [name, content] of Object.entries(options.files ?? {})) {
    await mkdir(dirname(join(workspace, name)), { recursive: true });
    await writeFile(join(workspace, name), content);
  }
  const controller = new AbortController();
  const progress: string[] = [];
  const silent = (): void => {};
  return {
    workspace,
    progress,
    abort: () => controller.abort(),
    read: (path) => readFile(join(workspace, path), 'utf8'),
    dispose: () => rm(workspace, { recursive: true, force: true }),
    context: {
      log: Object.assign(() => {}, { debug: silent, info: silent, warn: silent, error: silent }),
      signal: controller.signal,
      progress: (_done, _total, message) => void progress.push(message ?? ''),
      folders: testFolders(workspace, options.maxInputBytes ?? 50 * 1024 * 1024),
    },
  };
}

function testFolders(workspace: string, maxInputBytes: number): FolderContext['folders'] {
  const inside = (path: string): string => {
    const absolute = resolve(workspace, path);
    const way = relative(workspace, absolute);
    if (isAbsolute(way) || way.startsWith('..')) throw new ToolError('Outside of the workspace.', 'Use a path in it.');
    return absolute;
  };
  const toRead = async (path: string): Promise<string> => {
    const absolute = inside(path);
    await stat(absolute).catch(() => {
      throw new ToolError(`There is no file “${path}”.`, 'Check the path.');
    });
    return absolute;
  };
  const toWrite = async (path: string): Promise<string> => {
    const absolute = inside(path);
    await mkdir(dirname(absolute), { recursive: true });
    return absolute;
  };
  return {
    maxInputBytes,
    roots: [{ name: 'workspace', path: workspace, writable: true }],
    toRead,
    toWrite,
    readText: async (path, maxBytes = maxInputBytes) => {
      const absolute = await toRead(path);
      if ((await stat(absolute)).size > maxBytes) throw new ToolError('The file is too large.', 'Split it.');
      return readFile(absolute, 'utf8');
    },
    writeText: async (path, content) => {
      const absolute = await toWrite(path);
      await writeFile(`${absolute}.part`, content);
      await rename(`${absolute}.part`, absolute);
      return { path: absolute, bytes: Buffer.byteLength(content) };
    },
    list: async (path = '.', limit = 1_000) => {
      const entries = await readdir(inside(path), { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      return files
        .map((entry) => relative(inside(path), join(entry.parentPath, entry.name)))
        .sort()
        .slice(0, limit);
    },
  };
}
