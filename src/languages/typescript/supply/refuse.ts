import { CrafterError } from '../../../errors.ts';
import type { LockedPackages } from '../lock.ts';
import { resembles } from './resembles.ts';

/** Places of a flat or nested tree of packages, and nothing that leads out of it. */
const place = /^(?:\/?node_modules\/(?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*)+$/;
const exactVersion = /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/;
const strong = /(?:^|\s)sha(?:512|384|256)-[\w+/]+=*/;
const day = 24 * 60 * 60 * 1000;

/** Which fetched packages are taken. */
export interface PackagePolicy {
  /** Names that the user takes by name. */
  readonly allowed: readonly string[];
  /** Least age; 0 takes any. */
  readonly days: number;
}

/** When packages were published, by `name@version`; null where the registry does not say. */
export type PublishTimes = Readonly<Record<string, string | null>>;

/** @throws CrafterError DEPENDENCY_REFUSED for a name that imitates a famous one, unless the user allows it by name. */
export function refuseImitations(names: readonly string[], allowed: readonly string[]): void {
  for (const name of names) {
    const like = allowed.includes(name) ? undefined : resembles(name);
    if (like === undefined) continue;
    throw refused(
      `The package ${name} resembles ${like}, and nothing of it was fetched.`,
      `Write ${like} if that is meant. If you know who publishes ${name}: --allow-package ${name}`,
    );
  }
}

/**
 * What is not fetched from the registry by exact version, with an integrity that a digest of today's strength proves.
 * @throws CrafterError DEPENDENCY_REFUSED naming the package.
 */
export function refuseUnproven(packages: LockedPackages): void {
  for (const [path, { version, integrity, resolved, link }] of Object.entries(packages)) {
    const name = nameOf(path, {});
    if (!place.test(path)) throw refused(`A package lies outside of the tree: ${JSON.stringify(path)}.`, leaveOut);
    if (resolved !== undefined || link !== undefined || !exactVersion.test(version ?? ''))
      throw refused(`The package ${name} does not come from the registry by an exact version.`, leaveOut);
    if (!strong.test(integrity ?? ''))
      throw refused(`The registry gives no integrity (SHA-256 or better) for ${name} ${version}.`, leaveOut);
  }
}

/**
 * Packages that hardly anybody can have looked at yet, or of which nobody says how long they have been there.
 * @throws CrafterError DEPENDENCY_REFUSED naming the first.
 */
export function refuseYoung(times: PublishTimes, policy: PackagePolicy, now = Date.now()): void {
  refuseAgeless(times, policy);
  const { allowed, days } = policy;
  for (const [id, published] of Object.entries(times)) {
    if (published === null || now - Date.parse(published) >= days * day) continue;
    if (!allowed.includes(withoutVersion(id))) throw tooYoung(id, days);
  }
}

function refuseAgeless(times: PublishTimes, policy: PackagePolicy): void {
  const [id] = agelessOf(times, policy);
  if (id === undefined) return;
  const name = withoutVersion(id);
  throw refused(
    `The registry does not say when the package ${id} was published.`,
    `Try again where it did not answer. If you know what is in it: --allow-package ${name}. For a registry that never says, set MCP_CRAFTER_PACKAGE_AGE_DAYS=0, which takes any age.`,
  );
}

/** Versions of unknown age that nobody allowed. */
export const agelessOf = (times: PublishTimes, { allowed, days }: PackagePolicy): readonly string[] =>
  days === 0 ? [] : Object.keys(times).filter((id) => times[id] === null && !allowed.includes(withoutVersion(id)));

const withoutVersion = (id: string): string => id.replace(/(?<=.)@.*$/, '');

/** @param id `name` or `name@version`. */
export function tooYoung(id: string, days: number): CrafterError {
  const name = withoutVersion(id);
  return refused(
    `The package ${id} was published less than ${days} days ago.`,
    `Name an older version of ${name}, or wait. If you know what is in it: --allow-package ${name}`,
  );
}

/** The name that the registry knows a package by; an alias stands under another. */
export function nameOf(path: string, { name }: Readonly<Record<string, unknown>>): string {
  return typeof name === 'string' ? name : path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

const leaveOut = 'Leave the package out, or take one that is published to the registry in full.';

export function refused(message: string, hint: string): CrafterError {
  return new CrafterError('DEPENDENCY_REFUSED', message, { hint });
}
