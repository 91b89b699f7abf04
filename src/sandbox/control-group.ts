import { mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CrafterError } from '../errors.ts';
import { groupPlaces, type GroupPlace } from './control-group-places.ts';
import { groupSettings } from './control-group-settings.ts';
import { treeOf } from './tree.ts';
import type { SandboxLimits } from './types.ts';

const PREFIX = 'mcp-crafter-';

/** Limits on a process tree as a whole, where the kernel lets us set them; the limits of prlimit hold for each process. */
export interface ControlGroup {
  /** Once the tree has ended: removes the group, and tells whether the kernel ended one of its processes for memory. */
  end(): Promise<{ readonly outOfMemory: boolean }>;
}

const variable = 'MCP_CRAFTER_CONTROL_GROUPS';
let usable: readonly GroupPlace[] | undefined;

/** Whether the environment leaves control groups on (`auto`, the default) or not (`off`). @throws CrafterError INVALID_INPUT. */
export function controlGroupsWanted(environment: Readonly<Record<string, string | undefined>> = process.env): boolean {
  const text = environment[variable] ?? 'auto';
  if (text === 'auto' || text === 'off') return text === 'auto';
  throw new CrafterError('INVALID_INPUT', `${variable} is ${JSON.stringify(text)}, which is neither auto nor off.`, {
    hint: `Set ${variable} to off to limit each process by itself, or leave it out.`,
  });
}

/** Whether this process may limit trees as a whole; looked up once. */
export function canHaveControlGroups(): boolean {
  usable ??= findUsable();
  return usable.length > 0;
}

/**
 * Moves a process that has just been started, and all that it starts, into a new group with these limits; undefined
 * where this process may not have groups, as with most ordinary users.
 */
export function enterControlGroup(pid: number, limits: SandboxLimits): ControlGroup | undefined {
  if (!canHaveControlGroups() || usable === undefined) return undefined;
  const name = `${PREFIX}${process.pid}-${randomBytes(6).toString('hex')}`;
  // Without a limit on processors the niceness of each process does what a group of them would.
  const places = usable.filter(({ controller }) => controller !== 'cpu' || limits.processors !== undefined);
  const groups = places.flatMap((place) => tryTo(() => makeGroup(place, name, limits)) ?? []);
  // A process that has ended meanwhile needs no limits.
  const moved = moveTree(pid, groups).catch(() => undefined);
  return {
    async end() {
      await moved;
      const outOfMemory = groups.some(hasKilled);
      for (const { path } of groups) await removeGroup(path);
      return { outOfMemory };
    },
  };
}

interface Made extends GroupPlace {
  readonly path: string;
}

function makeGroup(place: GroupPlace, name: string, limits: SandboxLimits): Made {
  const path = join(place.folder, name);
  mkdirSync(path);
  for (const [file, value, optional] of groupSettings(place, limits)) {
    try {
      writeFileSync(join(path, file), String(value));
    } catch (error) {
      if (optional === true) continue;
      rmdirSync(path);
      throw error;
    }
  }
  return { ...place, path };
}

async function moveTree(pid: number, groups: readonly Made[]): Promise<void> {
  const lists = groups.map(({ path }) => join(path, 'cgroup.procs'));
  // The first move waits for all processors, 10 to 25 ms: beside the start, not before it.
  for (const list of lists) await writeFile(list, String(pid));
  const inside = new Set([pid]);
  // What was started before its parent was moved stands outside: as long as there is such, look again.
  for (let round = 0; round < 20; round += 1) {
    const outside = (await treeOf(pid)).filter((id) => !inside.has(id));
    if (outside.length === 0) return;
    for (const one of outside) {
      inside.add(one);
      for (const list of lists) tryTo(() => writeFileSync(list, String(one)));
    }
  }
}

/** Version 2 counts in memory.events, version 1 in memory.oom_control (since Linux 4.13). */
function hasKilled({ version, controller, path }: Made): boolean {
  if (controller !== 'memory' && controller !== 'all') return false;
  const file = version === 2 ? 'memory.events' : 'memory.oom_control';
  return tryTo(() => /^oom_kill [1-9]/m.test(readFileSync(join(path, file), 'utf8'))) ?? false;
}

/** A group can go when its last process has been buried. */
async function removeGroup(path: string): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) {
    try {
      return rmdirSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EBUSY') return;
      await sleep(20);
    }
  }
}

/** Tries a group in each place: what can be made, limited and removed again can be used. Removes what dead ones left. */
function findUsable(): readonly GroupPlace[] {
  if (process.platform !== 'linux' || !controlGroupsWanted()) return [];
  const read = (file: string): string => tryTo(() => readFileSync(file, 'utf8')) ?? '';
  const found = groupPlaces(read('/proc/self/mountinfo'), read('/proc/self/cgroup')).filter(
    (place) => tryTo(() => (rmdirSync(makeGroup(place, `${PREFIX}${process.pid}-probe`, {}).path), true)) === true,
  );
  const best = found.find(({ version }) => version === 2);
  const chosen = found.filter((place) => place.version === 1 || place === best);
  for (const { folder } of chosen) sweep(folder);
  return chosen;
}

function sweep(folder: string): void {
  for (const name of tryTo(() => readdirSync(folder)) ?? []) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || tryTo(() => process.kill(Number(owner), 0)) === true) continue;
    tryTo(() => rmdirSync(join(folder, name)));
  }
}

function tryTo<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
