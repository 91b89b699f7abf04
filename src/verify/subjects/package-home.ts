import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { plainText } from '../../sandbox/index.ts';

/** The nearest folder above a script that has a package.json. */
export async function packageOf(script: string): Promise<string | undefined> {
  for (
    let folder = (await stat(script)).isDirectory() ? script : dirname(script);
    folder !== dirname(folder);
    folder = dirname(folder)
  ) {
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  return undefined;
}

/** What must be seen for a package to find its dependencies: the folder of the outermost node_modules it lies in, or itself. */
export function dependencyRoot(home: string): string {
  const inside = home.indexOf(`${sep}node_modules${sep}`);
  return inside > 0 ? home.slice(0, inside + `${sep}node_modules`.length) : home;
}

export function installedBeside(home: string): string | undefined {
  // Dependencies of an installed package may lie inside it or beside it: only a flat folder can be judged.
  const root = dependencyRoot(home);
  return root === home ? [join(home, 'node_modules')].find(existsSync) : undefined;
}

/** Paths that no other of them holds. */
export function outermost(paths: readonly string[]): string[] {
  const unique = [...new Set(paths)];
  return unique.filter(
    (path) => !path.startsWith('/usr/') && !unique.some((other) => other !== path && path.startsWith(other + sep)),
  );
}

export async function readManifest(home: string): Promise<{ name?: string; version?: string } | undefined> {
  try {
    const { name, version } = JSON.parse((await plainText(join(home, 'package.json'))) ?? '') as Record<
      string,
      unknown
    >;
    return { ...(typeof name === 'string' && { name }), ...(typeof version === 'string' && { version }) };
  } catch {
    return undefined;
  }
}
