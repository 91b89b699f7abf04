import type { QueueParts } from './queue.ts';
import { plannedFor } from './secrets.ts';

/** Removes the records of a server's builds, their jobs with what was ordered, and the plans they came from. */
export async function forgetBuilds({ storage, jobs, secrets }: QueueParts, server: string): Promise<void> {
  await jobs.forget((await storage.builds.list({ server })).map(({ id }) => id));
  for (const plan of await storage.plans.deleteAll(server)) await secrets.deleteAll(plannedFor(plan));
  await storage.builds.deleteAll(server);
}
