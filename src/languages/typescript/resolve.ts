import { CrafterError } from '../../errors.ts';
import type { Dependency, Work } from '../../spec/index.ts';
import { closure, lockFile, ownDependencies, ownPackages, ownVersion, type LockedPackages } from './lock.ts';
import type { PackageManager } from './npm.ts';
import { refuseImitations, refuseUnproven, type PackagePolicy } from './supply/refuse.ts';

type Wanted = readonly (Partial<Dependency> & { name: string })[];

/** A name that began with a hyphen would be an option of npm. */
const packageName = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/;
const versionRange = /^[\w.^~<>=*|+ -]{1,100}$/;

/**
 * Exact versions with integrity, and what each brings along. Versions that mcp-crafter has need no network.
 * Versions that are too young are passed over, unless the user allows some package by name.
 * @throws CrafterError DEPENDENCY_UNAVAILABLE, DEPENDENCY_REFUSED naming the package.
 */
export async function resolveDependencies(
  wanted: Wanted,
  npm: PackageManager,
  work: Work,
  { allowed, days }: PackagePolicy,
): Promise<Dependency[]> {
  for (const each of wanted) checkName(each);
  refuseImitations(
    wanted.map(({ name }) => name),
    allowed,
  );
  const fetched = wanted.filter((each) => !isPinned(each) && !suits(ownVersion(each.name), each.version));
  const packages = fetched.length === 0 ? {} : await lockTogether(fetched, npm, work, allowed.length > 0 ? 0 : days);
  refuseUnproven(
    Object.fromEntries(
      closure(
        packages,
        fetched.map(({ name }) => name),
      ),
    ),
  );
  return wanted.map((each) => {
    const { name, version } = each;
    const own = ownVersion(name);
    if (own !== undefined && suits(own, version)) return { name, version: own, ...integrityOf(ownPackages(), name) };
    if (isPinned(each)) return each;
    const entry = packages[`node_modules/${name}`];
    if (entry === undefined) throw unknown(name);
    if (own !== undefined) throw otherVersion(name, entry.version, own);
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
async function lockTogether(wanted: Wanted, npm: PackageManager, work: Work, days: number): Promise<LockedPackages> {
  work.progress(`Looking up ${wanted.map(({ name }) => name).join(', ')}`);
  const dependencies = ownDependencies();
  const root = { name: 'server', version: '1.0.0', dependencies, devDependencies: {} };
  const specifiers = wanted.map(({ name, version }) => `${name}@${version ?? 'latest'}`);
  const lock = await npm.lock(JSON.stringify(root), lockFile(root, ownPackages()), specifiers, work, days);
  return (JSON.parse(lock) as { packages: LockedPackages }).packages;
}

function integrityOf(packages: LockedPackages, name: string): { integrity?: string } {
  const integrity = packages[`node_modules/${name}`]?.integrity;
  return integrity === undefined ? {} : { integrity };
}

/** Of a locked package, what a Blueprint keeps. */
const keptFields = [
  'name',
  'version',
  'integrity',
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'optional',
  'os',
  'cpu',
  'license',
  'hasInstallScript',
];

function needsOf(packages: LockedPackages, name: string): NonNullable<Dependency['closure']> {
  return [...closure(packages, [name])].map(([path, entry]) => {
    const kept = { path, ...Object.fromEntries(keptFields.map((field) => [field, entry[field]])) };
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

/** Two versions of one package cannot stand at one place, and parts of every server are made for the one. */
function otherVersion(name: string, version: string, own: string): CrafterError {
  return new CrafterError('DEPENDENCY_UNAVAILABLE', `Servers have ${name} ${own}; ${version} cannot stand beside it.`, {
    hint: `Write ${name} without a version, and code for ${own}.`,
  });
}

function unknown(name: string): CrafterError {
  return new CrafterError('DEPENDENCY_UNAVAILABLE', `The registry has no package ${name}.`, {
    hint: 'Check the name and the version, or leave it out.',
  });
}
