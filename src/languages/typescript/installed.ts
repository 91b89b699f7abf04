import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CrafterError } from '../../errors.ts';
import { assetUrl } from '../../util/index.ts';

const start = fileURLToPath(assetUrl('./'));

/**
 * Folder of a package that mcp-crafter itself was installed with, looked up as Node does.
 * @throws CrafterError MISSING_PREREQUISITE when it is not there.
 */
export function installedPackage(name: string, from = start): string {
  const found = findPackage(name, from);
  if (found !== undefined) return found;
  throw new CrafterError('MISSING_PREREQUISITE', `The package ${name} is not installed.`, {
    hint: 'Install mcp-crafter again: npm ci.',
  });
}

function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Folders of packages and of all they need, by their place in a new tree: `node_modules/a/node_modules/b`. */
export function installedClosure(names: readonly string[]): Map<string, string> {
  const placed = new Map<string, string>();
  const pending = names.map((name) => ({ name, folder: installedPackage(name), parent: '' }));
  for (let next = pending.shift(); next; next = pending.shift()) {
    const { name, folder, parent } = next;
    const top = `node_modules/${name}`;
    // A second version of a package goes below the one that needs it.
    const place = placed.has(top) && placed.get(top) !== folder ? `${parent}/node_modules/${name}` : top;
    if (placed.has(place)) continue;
    placed.set(place, folder);
    pending.push(...needsOf(folder).map((need) => ({ ...need, parent: place })));
  }
  return placed;
}

function needsOf(folder: string): { name: string; folder: string }[] {
  const { dependencies, peerDependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  return Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }).flatMap((name) => {
    const found = findPackage(name, folder);
    return found === undefined ? [] : [{ name, folder: found }];
  });
}
