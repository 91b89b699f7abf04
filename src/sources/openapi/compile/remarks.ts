import { invalidInput } from '../../../spec/index.ts';
import type { ApiRemark, HostGrant } from '../../../spec/index.ts';
import { cut } from '../../../util/index.ts';
import { shownHost, type Hosts } from './hosts.ts';

/** Remarks that a note shows one by one. */
const shown = 20;

const verbs: Readonly<Record<ApiRemark['action'], string>> = {
  mended: 'Mended',
  left_out: 'Left out',
  noticed: 'Noticed',
};

/** Remarks as notes for the one who builds: what was mended or left out first, the rest as a number. */
export function notesOf(
  remarks: readonly ApiRemark[],
  hosts: Pick<Hosts, 'refused' | 'closed' | 'apart'>,
  allowed: readonly HostGrant[] = [],
): string[] {
  const order: readonly ApiRemark['action'][] = ['left_out', 'mended', 'noticed'];
  const sorted = alike(remarks).toSorted(([a], [b]) => order.indexOf(a.action) - order.indexOf(b.action));
  const notes = sorted.slice(0, shown).map(([{ where, what, action }, count]) => {
    const others = count === 1 ? '' : ` and ${count - 1} more ${count === 2 ? 'place' : 'places'}`;
    return cut(`${verbs[action]} at ${where}${others}: ${what}`, 400);
  });
  if (sorted.length > shown) notes.push(`And ${sorted.length - shown} more remarks about the document.`);
  const isAsked = (host: string): boolean => !allowed.some((grant) => shownHost(grant) === host);
  const refused = hosts.refused
    .filter(isAsked)
    .map(
      (host) =>
        `The server ${cut(host, 100)} lies in a private network and is not reached unless you say so: --allow-host ${cut(host, 100)}, or --base-url.`,
    );
  const apart = hosts.apart
    .filter(isAsked)
    .map(
      (host) =>
        `Some operations would take the credentials to ${cut(host, 100)}, which is none of the document's own servers. They are refused unless you say so: --allow-host ${cut(host, 100)}.`,
    );
  const closed = hosts.closed.map(
    (host) =>
      `The server ${cut(host, 100)} lies at a link-local, metadata or otherwise closed address, which no server reaches: give another by --base-url.`,
  );
  return [...refused, ...closed, ...apart, ...notes];
}

/** Remarks, each with how many say the same. */
function alike(remarks: readonly ApiRemark[]): [ApiRemark, number][] {
  const groups = Map.groupBy(remarks, ({ action, what }) => `${action} ${what}`);
  return [...groups.values()].map((group) => [group[0]!, group.length]);
}

/** @throws CrafterError INVALID_INPUT with a problem for each thing mended or left out. */
export function refuseStrict(remarks: readonly ApiRemark[]): void {
  const wrong = remarks.filter(({ action }) => action !== 'noticed');
  if (wrong.length === 0) return;
  throw invalidInput(
    'API document',
    wrong.slice(0, 200).map(({ where, what, overlay }) => ({
      field: where,
      message: what,
      remedy:
        overlay === undefined
          ? 'Correct the document, or build without --strict.'
          : `Correct the document, or apply an overlay: ${cut(JSON.stringify(overlay), 300)}`,
    })),
  );
}
