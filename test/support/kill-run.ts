import { setTimeout as sleep } from 'node:timers/promises';
import { changed, endings, unfinished, unlogged } from './endings.ts';
import { openHouse, type House } from './house.ts';
import { leftoversIn, processesOf } from './remains.ts';
import { openUsers, type Kind, type Users } from './users.ts';

/** What a run of random kills found; `faults` is empty when nothing was lost. */
export interface KillRun {
  readonly kills: number;
  readonly builds: number;
  /** How many orders of each kind were answered. */
  readonly answered: Readonly<Record<Kind, number>>;
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

/** Every so many kills PostgreSQL is the one that is killed, while the service lives on. */
const databaseEvery = 5;

/** What users order, one after the other, again and again. */
const kinds: readonly Kind[] = ['create', 'update', 'create', 'stop', 'delete', 'start'];

/**
 * Kills one service, or its database, again and again while it works for its users, then lets it end its work and looks for
 * what went wrong.
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
    const users = openUsers(house);
    const faults: string[] = [];
    const starts = [await house.start()];
    const recorded: Record<string, string> = {};
    const look = async (): Promise<void> => void faults.push(...changed(recorded, await house.steps(), users.builds('gone')));
    for (let kill = 0, sent = 0; kill < kills; kill++) {
      const life = sleep(random() * longestLife(starts.at(-1) ?? 0));
      if (sent < kill / 2 + 1) void users.order(kinds[sent++ % kinds.length] as Kind);
      await life;
      if (kill % livesWithoutRest === livesWithoutRest - 1) await rest(house, users);
      if (kill % databaseEvery === databaseEvery - 1) await killDatabase(house);
      else {
        await house.kill();
        starts.push(await house.start());
      }
      await look();
      tell(kill + 1);
    }
    await rest(house, users);
    faults.push(...(await endings(house, users.builds('standing'), users.right)), ...(await users.faults()));
    await look();
    faults.push(...unlogged(house, recorded));
    await house.stop();
    faults.push(...processesOf(house.stateFolder).map((line) => `left running: ${line}`));
    faults.push(...leftoversIn(house.stateFolder).map((path) => `left lying: ${path}`));
    const { answered } = users;
    return { kills, builds: answered.create + answered.update, answered, starts: starts.slice(1), faults };
  } finally {
    await house.clear();
  }
}

async function rest(house: House, users: Users): Promise<void> {
  await unfinished(house);
  await users.rest();
}

/** Resolves when the service has an answer again. */
async function killDatabase(house: House): Promise<void> {
  house.killDatabase();
  const answers = (): Promise<boolean> =>
    Promise.all([house.steps(), house.ask('list_servers', {})]).then(
      () => true,
      () => false,
    );
  while (!(await answers())) await sleep(50);
}
