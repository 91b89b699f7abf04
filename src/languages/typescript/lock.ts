import { readFileSync } from 'node:fs';
import { CrafterError } from '../../errors.ts';
import type { Dependency } from '../../spec/index.ts';
import { assetUrl } from '../../util/index.ts';

/** A package as lock files (version 3) describe it. */
export interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** Packages by their place in the tree: `node_modules/zod`. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

interface OwnLock {
  /** What generated servers may depend on: name to exact version. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly packages: LockedPackages;
}

let own: OwnLock | undefined;

/** What mcp-crafter itself is locked to; the file is made by scripts/lock-closure.ts. */
function ownLock(): OwnLock {
  own ??= JSON.parse(readFileSync(assetUrl('languages/typescript/lock-closure.json'), 'utf8')) as OwnLock;
  return own;
}

export const ownPackages = (): LockedPackages => ownLock().packages;
export const ownDependencies = (): Readonly<Record<string, string>> => ownLock().dependencies;

/** Exact version mcp-crafter has of a package, if any. */
export function ownVersion(name: string): string | undefined {
  return ownPackages()[`node_modules/${name}`]?.version;
}

/** The packages that `names` need, themselves included, found the way Node looks them up. */
export function closure(packages: LockedPackages, names: readonly string[]): Map<string, LockedPackage> {
  const found = new Map<string, LockedPackage>();
  const pending = names.map((name) => ({ name, from: '' }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const place = lookUp(packages, next.from, next.name);
    if (place === undefined || found.has(place)) continue;
    const entry = packages[place]!;
    found.set(place, entry);
    const needs = { ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies };
    pending.push(...Object.keys(needs).map((name) => ({ name, from: place })));
  }
  return found;
}

/** Place of the package that one at `from` finds under a name. */
export function lookUp(packages: LockedPackages, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[place]) return place;
    if (folder === '') return undefined;
  }
}

/** Every package of a project: mcp-crafter's own, and those its user's dependencies brought when they were pinned. */
export function allPackages(dependencies: readonly Dependency[]): LockedPackages {
  const extra = dependencies.flatMap(({ name, version, integrity, closure: needs }): [string, LockedPackage][] => [
    [`node_modules/${name}`, { version, ...(integrity && { integrity }) }],
    ...(needs ?? []).map(({ path, ...entry }): [string, LockedPackage] => [path, entry]),
  ]);
  return { ...Object.fromEntries(extra.filter(([place]) => !ownPackages()[place])), ...ownPackages() };
}

/** package-lock.json for a package.json whose dependencies are all among `packages`. */
export function lockFile(
  root: {
    name: string;
    version: string;
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  },
  packages: LockedPackages,
): string {
  const { name, version, dependencies, devDependencies } = root;
  for (const wanted of Object.keys({ ...dependencies, ...devDependencies })) {
    if (!packages[`node_modules/${wanted}`]) throw notLocked(wanted);
  }
  const production = closure(packages, Object.keys(dependencies));
  const all = new Map([...production, ...closure(packages, Object.keys(devDependencies))]);
  const places = [...all.keys()].toSorted();
  const entries = places.map((place) => [place, { ...all.get(place), ...(!production.has(place) && { dev: true }) }]);
  const first = { name, version, dependencies, devDependencies, engines: { node: '>=22.18' } };
  return `${JSON.stringify({ name, version, lockfileVersion: 3, requires: true, packages: { '': first, ...Object.fromEntries(entries) } }, null, 2)}\n`;
}

function notLocked(name: string): CrafterError {
  return new CrafterError('DEPENDENCY_UNAVAILABLE', `The dependency ${name} is not pinned.`, {
    hint: 'Resolve the dependencies before generating.',
  });
}
