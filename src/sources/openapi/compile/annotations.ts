import type { Annotations } from '../../../spec/index.ts';

/** What methods promise (IANA, HTTP Method Registry), of those that APIs use. */
const safe = new Set('GET HEAD OPTIONS TRACE QUERY PROPFIND REPORT SEARCH'.split(' '));
const idempotent = new Set('PUT DELETE COPY LINK MKCOL MOVE PROPPATCH UNLINK'.split(' '));

/** Methods by which nothing that was there is lost; of one that nobody knows, it may be. */
const adding = new Set([...safe, ...'POST LINK LOCK UNLOCK MKCOL'.split(' ')]);

/** Verbs of names by which a call changes something, whatever its method. */
const writing = new Set(
  'add apply approve archive assign attach ban block cancel clear clone close commit complete confirm copy create deactivate delete deploy destroy detach disable discard dispatch drop edit empty enable execute expire finish flush generate grant import insert invite invoke issue join kick kill leave lock logout mark merge move open patch pause ping post promote publish purge push put reactivate rebuild refresh register reject release remove rename replace reset restart restore resume retry revoke rotate run save schedule send set share sign start stop submit subscribe suspend sync terminate toggle transfer trigger truncate unarchive unassign unblock uninstall unlink unlock unpublish unregister unsubscribe update upgrade upload upsert void wipe write'.split(
    ' ',
  ),
);

/** Verbs of names by which a call only reads, though its method is POST: a query too long for an address. */
const reading = new Set(
  'search query find lookup list get fetch read count filter match browse describe estimate calculate compute preview aggregate suggest autocomplete'.split(
    ' ',
  ),
);

/** Verbs by which something is lost. */
const destroying = new Set(
  'archive ban cancel clear close deactivate delete destroy detach disable discard drop empty expire flush kick kill leave purge reject remove replace reset revoke terminate truncate unassign uninstall unlink unpublish unregister unsubscribe update upsert edit overwrite void wipe set rename move merge restore suspend rotate'.split(
    ' ',
  ),
);

/**
 * What a call does, from its method (RFC 9110, 9.2) and its words: a POST that searches reads, a GET of `/…/delete` does not.
 * @param name the tool's name.
 * @param path its path, whose last word counts where the name says nothing.
 */
export function annotationsOf(method: string, name: string, path: string): Annotations {
  const [first = ''] = name.split('_');
  const last = lastWord(path);
  const reads = readsOnly(method, first, last, name);
  const destroys = !adding.has(method) || destroying.has(first) || destroying.has(last);
  return {
    readOnlyHint: reads,
    destructiveHint: !reads && destroys,
    idempotentHint: reads || idempotent.has(method),
    openWorldHint: true,
  };
}

function readsOnly(method: string, first: string, last: string, name: string): boolean {
  // What verification holds against a claim to only read: names that say otherwise.
  if (/_(?:writer|sender|exporter|deleter)$/.test(name)) return false;
  if (safe.has(method)) {
    if (
      reading.has(first) ||
      ['check', 'is', 'has', 'show', 'view', 'retrieve', 'download', 'export', 'head', 'watch'].includes(first)
    )
      return true;
    return !unmistakable.has(first) && !contradicted.has(first) && !unmistakable.has(last);
  }
  if (['PUT', 'PATCH', 'DELETE'].includes(method)) return false;
  if (writing.has(first)) return false;
  // `get` and `list` by POST only read when nothing in the path says otherwise.
  return reading.has(first) ? !writing.has(last) : ['search', 'query', 'lookup', 'find'].includes(last);
}

/** First words that the check `annotations` holds against a claim to only read. */
const contradicted = new Set(
  'create insert write post put patch set save upload publish truncate rename move drop purge'.split(' '),
);

/** Last words of a path that are verbs and no things: `/users/{id}/delete`. */
const unmistakable = new Set(
  'add approve cancel clear delete destroy disable enable logout purge remove reset restart revoke send start stop terminate trigger update'.split(
    ' ',
  ),
);

function lastWord(path: string): string {
  const segment =
    path
      .split(/[?#]/)[0]
      ?.split('/')
      .findLast((part) => part !== '' && !/^\{[^{}]*\}$/.test(part)) ?? '';
  const parts = segment
    .replace(/\{[^{}]*\}/g, '')
    .replace(/\.\w+$/, (end) => (/^\.(?:json|xml)$/.test(end) ? '' : end))
    .split(/[^a-zA-Z]+/)
    .filter(Boolean);
  return (parts.at(-1) ?? '').replace(/^.*[a-z](?=[A-Z])/, '').toLowerCase();
}
