import { words } from '../../../util/index.ts';

/** Endings of the variables of each type of scheme. */
const endings: Readonly<Record<string, readonly string[]>> = {
  apiKey: ['API_KEY'],
  basic: ['USERNAME', 'PASSWORD'],
  digest: ['USERNAME', 'PASSWORD'],
  http: ['TOKEN'],
  oauth2: ['ACCESS_TOKEN', 'CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'],
  password: ['ACCESS_TOKEN', 'CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN', 'USERNAME', 'PASSWORD'],
  openIdConnect: ['ACCESS_TOKEN', 'CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'],
  mutualTLS: ['CLIENT_CERT', 'CLIENT_KEY'],
};

/**
 * Names of the variables that hold a scheme's values: PETSTORE_API_KEY, and where two schemes of the document would share
 * one, with the scheme's own name: PETSTORE_ADMIN_API_KEY.
 */
export function credentialNames(
  prefix: string,
  schemes: readonly { readonly name: string; readonly type: string }[],
): (scheme: string) => (part: string) => string {
  const wanted = new Map<string, number>();
  for (const ending of schemes.flatMap(({ type }) => endings[type] ?? []))
    wanted.set(ending, (wanted.get(ending) ?? 0) + 1);
  const taken = new Map<string, string>();
  return (scheme) => (part) => {
    const shared = (wanted.get(part) ?? 0) > 1;
    const name = shared ? withScheme(prefix, scheme, part) : join(prefix, part);
    const owner = `${scheme}/${part}`;
    let unique = name;
    for (let count = 2; taken.has(unique) && taken.get(unique) !== owner; count += 1) unique = `${name}_${count}`;
    taken.set(unique, owner);
    return unique;
  };
}

function withScheme(prefix: string, scheme: string, part: string): string {
  const parts = part.toLowerCase().split('_');
  const own = words(scheme).filter((word) => !parts.includes(word) && !prefix.toLowerCase().split('_').includes(word));
  return join(prefix, own.length === 0 ? words(scheme).join('_').toUpperCase() : own.join('_').toUpperCase(), part);
}

const join = (...parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '')
    .join('_')
    .slice(0, 120);

/** `Swagger Petstore - OpenAPI 3.0` gives PETSTORE: what the API is called, without the words that every API has. */
export function variablePrefix(title: string): string {
  const empty = new Set([
    'api',
    'apis',
    'rest',
    'restful',
    'http',
    'openapi',
    'swagger',
    'specification',
    'spec',
    'reference',
    'documentation',
    'docs',
    'the',
    'web',
    'public',
    'service',
    'services',
    'sdk',
    'a',
    'of',
    'for',
    'and',
    'example',
    'official',
    'beta',
  ]);
  const kept = words(title.replace(/['’]s?\b/g, '')).filter((word) => !empty.has(word) && !/^v?\d+$/.test(word));
  const prefix = kept.slice(0, 3).join('_').toUpperCase().slice(0, 32).replace(/_+$/, '');
  return /^[A-Z]/.test(prefix) ? prefix : 'API';
}
