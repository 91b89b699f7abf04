import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { House } from './house.ts';
import { serversLivingIn } from './remains.ts';
import { brokenIn } from './whole.ts';

/** A step that was recorded once may never be recorded anew; those of builds that are `gone` are forgotten. */
export function changed(
  recorded: Record<string, string>,
  now: Record<string, string>,
  gone: readonly string[] = [],
): string[] {
  for (const step of Object.keys(recorded)) if (gone.includes(step.split('/')[0] ?? '')) delete recorded[step];
  const faults = Object.entries(recorded)
    .filter(([step, at]) => now[step] !== at)
    .map(([step, at]) => `${step} was finished at ${at} and again at ${now[step]}`);
  Object.assign(recorded, now);
  return faults;
}

/** Builds that are still under way after five minutes. */
export async function unfinished(house: House): Promise<readonly string[]> {
  for (let tries = 0; ; tries++) {
    const { unfinishedBuilds } = await house.ask('get_service_health', {});
    if (unfinishedBuilds.length === 0 || tries === 3000) return unfinishedBuilds;
    await sleep(100);
  }
}

/** Whether what a server answered, as JSON, to its own name as the word is right. */
type Right = (name: string, answer: string) => boolean;

/**
 * Waits until no build is under way; then all that was accepted is there, once, whole and right, and of each server that runs
 * one process lives.
 */
export async function endings(
  house: House,
  accepted: Iterable<string>,
  right: Right = (name, answer) => answer.includes(`"word":"${name}"`),
): Promise<string[]> {
  const faults = (await unfinished(house)).map((build) => `never ended: ${build}`);
  const { servers } = await house.ask('list_servers', {});
  for (const build of accepted) {
    const { status, message, server } = await house.ask('get_build_status', { build });
    if (status !== 'success') faults.push(`${build} of ${server} ended as ${status}: ${message}`);
    else if (!servers.some(({ name }: { name: string }) => name === server)) faults.push(`${server} is not registered`);
  }
  for (const { name } of servers) {
    const answer = JSON.stringify(
      await house.ask('call_tool', { server: name, tool: 'get_word', arguments: { word: name } }),
    );
    if (!right(name, answer)) faults.push(`${name} answered ${answer}`);
  }
  const projects = readdirSync(join(house.stateFolder, 'servers'));
  if (projects.length !== servers.length) faults.push(`${servers.length} servers, but projects ${projects.join(', ')}`);
  return [...faults, ...(await doubled(house)), ...(await brokenIn(house.stateFolder, house.databaseUrl))];
}

/** Processes of servers, unless of each that runs there is one and of the others none; what comes up or goes has its time. */
async function doubled(house: House): Promise<string[]> {
  for (let tries = 0; ; tries++) {
    const { servers } = await house.ask('list_servers', {});
    const wanted = servers.filter(({ status }: { status: string }) => status === 'running');
    const names = wanted.map(({ name }: { name: string }) => name).toSorted();
    const living = serversLivingIn(house.stateFolder);
    if (living.join() === names.join()) return [];
    if (tries === 100) return [`${names.join(', ')} are to run, and processes live of ${living.join(', ')}`];
    await sleep(100);
  }
}

/** Each recorded step has its line in the log of builds. */
export function unlogged(house: House, recorded: Readonly<Record<string, string>>): string[] {
  const lines = readFileSync(join(house.stateFolder, 'logs', '_builds.log'), 'utf8')
    .trim()
    .split('\n');
  const told = new Set(lines.map((line) => JSON.parse(line)).map(({ build, stage }) => `${build}/${stage}`));
  return Object.keys(recorded)
    .filter((step) => !told.has(step))
    .map((step) => `no line for ${step}`);
}
