import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { wordForm } from './cli.ts';
import { openHouse, type House } from './house.ts';
import { leftoversIn, processesOf } from './remains.ts';

/** What a run of random kills found; every list is empty when nothing was lost. */
export interface KillRun {
  readonly kills: number;
  readonly builds: number;
  readonly starts: readonly number[];
  readonly faults: readonly string[];
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Longest life of a service, in milliseconds and in times of its last start: more than what a stage takes. */
const longestLife = (start: number): number => Math.max(1200, 2 * start);

/**
 * Every so many lives of the service all builds under way may end: one that is killed too often in the same stage would
 * be given up, as it should be.
 */
const livesWithoutRest = 10;

/** Of all that were made, so many run: each life of the service starts them anew, and more would cost without telling more. */
const mostRunning = 4;

/**
 * Kills one service again and again while it builds, then lets it end its work and looks for what went wrong.
 * @param tell hears after each kill how many there were.
 */
export async function killAtRandom(
  kills: number,
  seed: number,
  tell: (kills: number) => void = () => undefined,
): Promise<KillRun> {
  const house = await openHouse();
  try {
    const random = randomOf(seed);
    const faults: string[] = [];
    const starts = [await house.start()];
    const accepted = new Set<string>();
    const recorded: Record<string, string> = {};
    for (let kill = 0, named = 0; kill < kills; kill++) {
      const life = sleep(random() * longestLife(starts.at(-1) ?? 0));
      if (accepted.size < kill / 3 + 1)
        void order(house, `words-${++named}`, named % 2 === 0 && named <= 2 * mostRunning, accepted);
      await life;
      if (kill % livesWithoutRest === livesWithoutRest - 1) await unfinished(house);
      await house.kill();
      starts.push(await house.start());
      faults.push(...changed(recorded, await house.steps()));
      tell(kill + 1);
    }
    faults.push(
      ...(await endings(house, accepted)),
      ...changed(recorded, await house.steps()),
      ...unlogged(house, recorded),
    );
    await house.stop();
    faults.push(...processesOf(house.stateFolder).map((line) => `left running: ${line}`));
    faults.push(...leftoversIn(house.stateFolder).map((path) => `left lying: ${path}`));
    return { kills, builds: accepted.size, starts: starts.slice(1), faults };
  } finally {
    await house.clear();
  }
}

/** An order that the kill cuts off may be lost, since nobody was told of it; one that was answered may not. */
async function order(house: House, name: string, start: boolean, accepted: Set<string>): Promise<void> {
  const answer = await house.ask('create_mcp_server', { form: wordForm(name), start }).catch(() => undefined);
  if (answer !== undefined) accepted.add(answer.build);
}

/** A step that was recorded once may never be recorded anew. */
export function changed(recorded: Record<string, string>, now: Record<string, string>): string[] {
  const faults = Object.entries(recorded)
    .filter(([step, at]) => now[step] !== at)
    .map(([step, at]) => `${step} was finished at ${at} and again at ${now[step]}`);
  Object.assign(recorded, now);
  return faults;
}

/** Builds that are still under way after a minute. */
async function unfinished(house: House): Promise<readonly string[]> {
  for (let tries = 0; ; tries++) {
    const { unfinishedBuilds } = await house.ask('get_service_health', {});
    if (unfinishedBuilds.length === 0 || tries === 600) return unfinishedBuilds;
    await sleep(100);
  }
}

/** Waits until no build is under way; then all that was accepted is there, once and right. */
export async function endings(house: House, accepted: ReadonlySet<string>): Promise<string[]> {
  const faults = (await unfinished(house)).map((build) => `never ended: ${build}`);
  const { servers } = await house.ask('list_servers', {});
  for (const build of accepted) {
    const { status, message, server } = await house.ask('get_build_status', { build });
    if (status !== 'success') faults.push(`${build} of ${server} ended as ${status}: ${message}`);
    else if (!servers.some(({ name }: { name: string }) => name === server)) faults.push(`${server} is not registered`);
  }
  for (const { name } of servers) {
    const answer = await house.ask('call_tool', { server: name, tool: 'get_word', arguments: { word: name } });
    if (!JSON.stringify(answer).includes(name)) faults.push(`${name} answered ${JSON.stringify(answer)}`);
  }
  const projects = readdirSync(join(house.stateFolder, 'servers'));
  if (projects.length !== servers.length) faults.push(`${servers.length} servers, but projects ${projects.join(', ')}`);
  return faults;
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
