import { CrafterError } from '../../errors.ts';
import type { Dependency, Work } from '../../spec/index.ts';
import { closure, lockFile, ownPackages, ownVersion, type LockedPackages } from './lock.ts';
import type { PackageManager } from './npm.ts';

type Wanted = readonly (Partial<Dependency> & { name: string })[];

/** A name that began with a hyphen would be an option of npm. */
const packageName = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/;
const versionRange = /^[\w.^~<>=*|+ -]{1,100}$/;

/**
 * Exact versions with integrity, and what each brings along. Versions that mcp-crafter has need no network.
 * @throws CrafterError DEPENDENCY_UNAVAILABLE naming the package.
 */
export async function resolveDependencies(wanted: Wanted, npm: PackageManager, work: Work): Promise<Dependency[]> {
  for (const each of wanted) checkName(each);
  const fetched = wanted.filter((each) => !isPinned(each) && !suits(ownVersion(each.name), each.version));
  const packages = fetched.length === 0 ? {} : await lockTogether(fetched, npm, work);
  return wanted.map((each) => {
    const { name, version } = each;
    const own = ownVersion(name);
    if (own !== undefined && suits(own, version)) return { name, version: own, ...integrityOf(ownPackages(), name) };
    if (isPinned(each)) return each;
    const entry = packages[`node_modules/${name}`];
    if (entry === undefined) throw unknown(name);
    return { name, version: entry.version, ...integrityOf(packages, name), closure: needsOf(packages, name) };
  });
}

/** An earlier version of the server pinned it; its next one keeps it. */
function isPinned(each: Wanted[number]): each is Dependency {
  return each.version !== undefined && each.closure !== undefined;
}

function checkName({ name, version }: Wanted[number]): void {
  if (packageName.test(name) && name.length <= 214 && (version === undefined || versionRange.test(version))) return;
  throw new CrafterError('DEPENDENCY_UNAVAILABLE', `${JSON.stringify(name)} is no name or version of an npm package.`, {
    hint: 'Write a package name as on npmjs.com, and an exact version or a range.',
  });
}

/** Pins on top of what every server has, so that shared packages keep their versions and places. */
async function lockTogether(wanted: Wanted, npm: PackageManager, work: Work): Promise<LockedPackages> {
  work.progress(`Looking up ${wanted.map(({ name }) => name).join(', ')}`);
  const base = '@modelcontextprotocol/node';
  const dependencies = {
    [base]: ownVersion(base)!,
    '@modelcontextprotocol/server': ownVersion('@modelcontextprotocol/server')!,
  };
  const root = { name: 'server', version: '1.0.0', dependencies, devDependencies: {} };
  const specifiers = wanted.map(({ name, version }) => `${name}@${version ?? 'latest'}`);
  const lock = await npm.lock(JSON.stringify(root), lockFile(root, ownPackages()), specifiers, work);
  return (JSON.parse(lock) as { packages: LockedPackages }).packages;
}

function integrityOf(packages: LockedPackages, name: string): { integrity?: string } {
  const integrity = packages[`node_modules/${name}`]?.integrity;
  return integrity === undefined ? {} : { integrity };
}

function needsOf(packages: LockedPackages, name: string): NonNullable<Dependency['closure']> {
  return [...closure(packages, [name])].map(([path, entry]) => {
    const { version, integrity, dependencies, optionalDependencies, peerDependencies, optional, os, cpu } =
      entry as Omit<typeof entry, 'x'> & {
        optional?: boolean;
        os?: string[];
        cpu?: string[];
      };
    const kept = { path, version, integrity, dependencies, optionalDependencies, peerDependencies, optional, os, cpu };
    return JSON.parse(JSON.stringify(kept)) as NonNullable<Dependency['closure']>[number];
  });
}

/** Whether a version is what was asked for: nothing, the very version, or a caret or tilde range around it. */
function suits(own: string | undefined, wanted: string | undefined): boolean {
  if (own === undefined || wanted === undefined || wanted === '*' || wanted === 'latest' || wanted === own)
    return own !== undefined;
  const range = /^([\^~])(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(wanted);
  const version = own.split('.').map(Number);
  if (range === null || own.includes('-')) return false;
  const least = range.slice(2).map((part) => Number(part ?? 0));
  const fixed = range[1] === '~' ? 2 : least[0] === 0 ? (least[1] === 0 ? 3 : 2) : 1;
  const order = least.map((part, at) => (version[at] ?? 0) - part);
  return (
    order.slice(0, fixed).every((difference) => difference === 0) &&
    (order.find((difference) => difference !== 0) ?? 0) >= 0
  );
}

function unknown(name: string): CrafterError {
  return new CrafterError('DEPENDENCY_UNAVAILABLE', `The registry has no package ${name}.`, {
    hint: 'Check the name and the version, or leave it out.',
  });
}
