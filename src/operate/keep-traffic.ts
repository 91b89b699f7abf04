import type { Traffic } from '../spec/index.ts';
import type { Roster } from './roster.ts';

/** How often what servers exchange is noted while they run, in milliseconds: so much is lost when the service is killed. */
const noteMilliseconds = 60_000;

/** Notes what servers have exchanged when it changed: now and then, and when told to. */
export function keepTraffic(roster: Roster, now: () => Iterable<readonly [string, Traffic | undefined]>) {
  const noted = new Map<string, string>();
  const note = async (server: string, traffic: Traffic | undefined): Promise<void> => {
    const text = JSON.stringify(traffic);
    if (traffic === undefined || noted.get(server) === text) return;
    noted.set(server, text);
    // Counts are not worth an error: the next note has them too.
    await roster.note(server, { traffic }).catch(() => noted.delete(server));
  };
  const timer = setInterval(() => {
    for (const [server, traffic] of now()) void note(server, traffic);
  }, noteMilliseconds);
  timer.unref();
  return { note, stop: () => clearInterval(timer) };
}
