import { describeReply, resultOf } from './probe-kit.ts';
import type { Probe } from './probe-kit.ts';

const MAX_PAGES = 50;

interface Listing {
  readonly tools: unknown[];
  readonly listingBytes: number;
  /** Why it is not whole. */
  readonly fault?: { readonly message: string; readonly remedy: string };
}

type ListRequest = (cursor: string | undefined, round: number) => { message: object; headers?: Record<string, string> };

/** Walks the pages of tools/list, twice: what a client approved must be what it finds again. */
export async function listAll(probe: Probe, request: ListRequest): Promise<Pick<Listing, 'tools' | 'listingBytes'>> {
  const { fault, ...listing } = await walk(probe, request, 1);
  probe.look(
    'tools/list',
    fault === undefined,
    fault?.message ?? `tools/list names ${listing.tools.length} tools.`,
    fault?.remedy,
  );
  if (fault !== undefined) return listing;
  const again = await walk(probe, request, 2);
  const same = JSON.stringify(again.tools) === JSON.stringify(listing.tools);
  probe.look(
    'stable_listing',
    same,
    same
      ? 'A second listing is as the first.'
      : (again.fault?.message ?? 'A second listing is another than the first.'),
    'List the same tools, in the same order and words, as long as nothing has changed.',
  );
  return listing;
}

async function walk(probe: Probe, request: ListRequest, round: number): Promise<Listing> {
  const tools: unknown[] = [];
  let listingBytes = 0;
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { message, headers } = request(cursor, round);
    const reply = await probe.send(message, headers);
    const result = resultOf(reply);
    const listed = result?.['tools'];
    if (!Array.isArray(listed)) {
      const words = `tools/list was answered with ${describeReply(reply)}.`;
      return {
        tools,
        listingBytes,
        fault: { message: words, remedy: 'Answer with a list of tools, even an empty one.' },
      };
    }
    tools.push(...listed);
    listingBytes += Buffer.byteLength(JSON.stringify(listed));
    const next = result?.['nextCursor'];
    if (typeof next !== 'string') return { tools, listingBytes };
    cursor = next;
  }
  const words = `tools/list did not end after ${MAX_PAGES} pages.`;
  return { tools, listingBytes, fault: { message: words, remedy: 'Leave nextCursor out of the last page.' } };
}
