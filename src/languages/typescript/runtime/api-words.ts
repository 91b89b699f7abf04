import { stemmer } from 'stemmer';

/** Words that ask for the same thing; the first stands for all. */
const synonyms = [
  ['get', 'fetch', 'retrieve', 'read', 'show', 'view', 'display', 'load', 'obtain', 'describe', 'detail', 'info'],
  ['list', 'all', 'enumerate', 'browse', 'index'],
  ['create', 'add', 'new', 'insert', 'make', 'post', 'register', 'open', 'start', 'provision'],
  ['update', 'modify', 'edit', 'change', 'patch', 'put', 'set', 'replace', 'rename', 'alter'],
  ['delete', 'remove', 'destroy', 'drop', 'erase', 'unset', 'purge'],
  ['search', 'find', 'query', 'lookup', 'filter'],
  ['send', 'submit', 'publish', 'dispatch', 'emit'],
  ['cancel', 'abort', 'stop', 'terminate', 'revoke'],
  ['upload', 'attach', 'import'],
  ['download', 'export'],
  ['user', 'account', 'member', 'person', 'people'],
  ['picture', 'image', 'photo'],
  ['org', 'organization', 'organisation', 'company'],
  ['repo', 'repository'],
  ['config', 'configuration', 'setting', 'preference'],
  ['auth', 'authentication', 'authorization', 'login', 'signin'],
  ['log', 'logs', 'audit', 'history'],
  ['doc', 'document', 'documentation'],
  ['msg', 'message'],
  ['db', 'database'],
  ['env', 'environment'],
  ['id', 'identifier'],
];

const stands = new Map<string, string>();
for (const [first = '', ...others] of synonyms)
  for (const word of [first, ...others]) stands.set(stem(word), stem(first));

const skipped = new Set(
  'a an and are as at be by for from given i in into is it its me my of on or that the this to with you your please how do does want need can'.split(
    ' ',
  ),
);

/** Splits names of all kinds: `getUserById`, `pet-store_v2`, `/users/{id}`. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !skipped.has(word));
}

/** The word as the index holds it: its stem, or what stands for its synonyms. */
export function termOf(word: string): string {
  const stemmed = stem(word);
  return stands.get(stemmed) ?? stemmed;
}

function stem(word: string): string {
  return word.length < 4 ? word : stemmer(word);
}
