import { availableParallelism, totalmem } from 'node:os';

const megabyte = 2 ** 20;
/** Of service and database with 600 builds ordered, and of each that runs, with its sandboxes (measured: test/soak/load.ts, with room). */
const alone = 570 * megabyte;
const each = 180 * megabyte;
/** What all processes of mcp-crafter may take together, and which part of a small machine. */
const most = 1536 * megabyte;
const share = 0.75;

export interface Machine {
  readonly cores: number;
  readonly memoryBytes: number;
}

/** How many builds a machine bears at once: one a core, at least two, as far as there is memory for them; one at any rate. */
export function placesOn({ cores, memoryBytes }: Machine): number {
  const room = Math.floor((Math.min(most, memoryBytes * share) - alone) / each);
  return Math.max(1, Math.min(Math.max(2, cores), room));
}

/** This one; limits of its control group count as the machine's. */
export function thisMachine(): Machine {
  const limit = process.constrainedMemory();
  return { cores: availableParallelism(), memoryBytes: limit > 0 ? Math.min(limit, totalmem()) : totalmem() };
}
