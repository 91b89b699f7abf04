import type { Grants, SourceKind } from '../spec/index.ts';
import { grantWords, grantsBeyond } from './grant-words.ts';
import type { Wish } from './wish-types.ts';

/** What it is called, where the kind is not the word. */
const names: Readonly<Record<string, string>> = { prompt: 'request', openapi: 'API', blueprint: 'Blueprint' };

/** Told of each; of more hosts, how many. */
const shownHosts = 20;

/**
 * What a server is granted by what it is made from, and not by the user beside it: a document may come from anyone.
 * @param had what it was granted before.
 */
export function grantedNote(by: SourceKind | 'plan' | 'update', grants: Grants, wish: Wish, had?: Grants): string[] {
  const asked = grantsBeyond(grants, {
    folders: [...wish.folders, ...(had?.folders ?? [])],
    hosts: [...wish.hosts, ...(had?.hosts ?? [])],
    packages: [...(wish.packages ?? []), ...(had?.packages ?? [])],
  });
  // Places in the user's own network are never among those that are only counted.
  const hosts = asked.hosts.toSorted((a, b) => Number(b.private) - Number(a.private));
  const most = Math.max(shownHosts, hosts.filter((host) => host.private).length);
  const shown = grantWords({ ...asked, hosts: hosts.slice(0, most) });
  if (shown.length === 0) return [];
  const more = hosts.length > most ? `, and ${hosts.length - most} more hosts` : '';
  return [`The ${names[by] ?? by} grants it: ${shown.join(', ')}${more}.`];
}
