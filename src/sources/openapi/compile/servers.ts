import type { ApiServer, EnvironmentVariable } from '../../../spec/index.ts';
import { cut, words } from '../../../util/index.ts';
import { isObject, list, objects, own, strings, text } from './json.ts';
import type { JsonObject } from './json.ts';
import { compact, isPoisoned } from './text.ts';
import type { Context } from './types.ts';
import { withoutLogin } from './url.ts';

/** The servers that operations call; an operation's own stand before those of its path, and those before the document's. */
export interface Servers {
  /** Index of the server of an operation. */
  of(pathItem: JsonObject, operation: JsonObject, where: string): number;
  readonly all: readonly ApiServer[];
  /** The servers of the document's root, whether operations call them or not. */
  readonly ofDocument: readonly Pick<ApiServer, 'url' | 'variables'>[];
  readonly environment: readonly EnvironmentVariable[];
}

/** @param location where the document comes from: relative addresses stand to it (OpenAPI 3.1.1, 4.8.5). */
export function createServers(context: Context, location: string | undefined, baseUrl: string | undefined): Servers {
  const all: ApiServer[] = [];
  const environment: EnvironmentVariable[] = [];
  const known = new Map<string, number>();
  const freeName = namesOnce();
  const root = list(own(context.root, 'servers')).filter(isObject);
  const others = root
    .slice(1)
    .flatMap((server) => withoutLogin(text(server['url']).trim()) || [])
    .filter((url) => url.length <= 200 && !/\s/.test(url) && !isPoisoned(url))
    .slice(0, 5);

  const add = (given: JsonObject | undefined, where: string): number => {
    const key = JSON.stringify([given?.['url'] ?? null, given?.['variables'] ?? null]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const url = absolute(context, text(given?.['url']), location, where);
    const variable = freeName(all.length === 0 ? 'API_BASE_URL' : `${hostWord(url)}_BASE_URL`);
    const variables = variablesOf(context, given, url, where, { environment, freeName });
    environment.push(baseVariable(variable, url, all.length === 0 ? others : []));
    all.push({ url, variable, variables });
    known.set(key, all.length - 1);
    return all.length - 1;
  };

  if (baseUrl !== undefined) add({ url: baseUrl }, '#/servers');
  else add(root[0], '#/servers/0');
  return {
    all,
    ofDocument: root.slice(0, 200).map((server) => plainServer(server, location)),
    environment,
    of: (pathItem, operation, where) => {
      if (baseUrl !== undefined) return 0;
      const own = [operation, pathItem].flatMap((holder) => list(holder['servers']).filter(isObject).slice(0, 1))[0];
      return own === undefined ? 0 : add(own, `${where}/servers/0`);
    },
  };
}

/** A server by its address and the values of its variables alone. */
function plainServer(server: JsonObject, location: string | undefined): Pick<ApiServer, 'url' | 'variables'> {
  const given = withoutLogin(text(server['url']).trim());
  const url = /^[a-z]+:|\{/i.test(given) ? given : (URL.parse(given, location)?.href ?? given);
  const variables = objects(server['variables']).map(([name, declared]) => {
    const allowed = strings(declared['enum']).slice(0, 100);
    return [name, { variable: '', default: String(declared['default'] ?? allowed[0] ?? ''), enum: allowed }] as const;
  });
  return { url, variables: Object.fromEntries(variables) };
}

function absolute(context: Context, given: string, location: string | undefined, where: string): string {
  const bare = given
    .trim()
    .replace(/[?#].*$/s, '')
    .replace(/(?<!\/)\/+$/, '');
  const url = withoutLogin(bare);
  if (url !== bare) {
    const what = 'The server holds a user name or password, which is left out: credentials come from the environment.';
    context.remark({ where, what, action: 'left_out' });
  }
  if (/^https?:\/\//i.test(url)) return url.slice(0, 2000);
  if (url.startsWith('//')) return `https:${url}`.slice(0, 2000);
  if (/^\{[^{}]+\}/.test(url)) return url.slice(0, 2000);
  if (/^https?:$/.test(URL.parse(url || '/', location)?.protocol ?? ''))
    return new URL(url || '/', location).href.replace(/\/+$/, '').replaceAll('%7B', '{').replaceAll('%7D', '}');
  if (/^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/|$)/.test(url)) {
    context.remark({ where, what: `The server ${cut(url, 100)} lacks its scheme; https is taken.`, action: 'mended' });
    return `https://${url}`.slice(0, 2000);
  }
  const what =
    url === ''
      ? 'The document names no server'
      : `The server ${cut(url, 100)} is relative, and the document came from no URL`;
  context.remark({ where, what: `${what}: API_BASE_URL has to be set, or --base-url given.`, action: 'noticed' });
  return '';
}

function baseVariable(name: string, url: string, others: readonly string[]): EnvironmentVariable {
  const also = others.length === 0 ? '' : ` Others of the document: ${others.join(', ')}.`;
  const description =
    url === '' ? 'Address of the API, such as https://api.example.com/v1.' : `Replaces the address ${url}.${also}`;
  return { name, description: cut(description, 400), required: url === '', secret: false };
}

/** Server variables (OpenAPI 3.1.1, 4.8.6) as variables of the environment. */
function variablesOf(
  context: Context,
  server: JsonObject | undefined,
  url: string,
  where: string,
  { environment, freeName }: { environment: EnvironmentVariable[]; freeName: (wanted: string) => string },
): ApiServer['variables'] {
  const declared = new Map(objects(server?.['variables']));
  const found: [string, ApiServer['variables'][string]][] = [];
  for (const name of new Set([...url.matchAll(/\{([^{}]+)\}/g)].map(([, inner]) => inner ?? ''))) {
    const given = declared.get(name);
    const allowed = strings(given?.['enum']).slice(0, 100);
    const standard = given === undefined ? undefined : (given['default'] ?? allowed[0]);
    if (standard === undefined)
      context.remark({
        where,
        what: `The server variable {${cut(name, 60)}} has no default: it has to be set.`,
        action: 'noticed',
      });
    const value = standard === undefined ? '' : String(standard);
    const variable = freeName(`API_${words(name).join('_').toUpperCase() || 'PART'}`);
    const words_ = compact(text(given?.['description']), 160);
    environment.push({
      name: variable,
      description: cut(
        [words_, `Part {${name}} of the address.`, allowed.length > 0 ? `One of: ${allowed.join(', ')}.` : '']
          .filter(Boolean)
          .join(' '),
        400,
      ),
      required: standard === undefined,
      secret: false,
    });
    found.push([name, { variable, default: value, ...(allowed.length > 0 && { enum: allowed }) }]);
  }
  return Object.fromEntries(found);
}

const hostWord = (url: string): string => {
  const host = /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(url)?.[1] ?? '';
  const labels = words(host.replace(/\{[^{}]*\}/g, '')).filter(
    (word) => !['www', 'com', 'org', 'net', 'io', 'co', 'dev', 'api', 'rest'].includes(word),
  );
  return /^[a-z]/.test(labels[0] ?? '') ? labels.slice(0, 3).join('_').toUpperCase() : 'OTHER';
};

/** Gives names that are not given yet: `NAME`, `NAME_2`; each is looked for from where the last of its word was. */
function namesOnce(): (wanted: string) => string {
  const given = new Set<string>();
  const last = new Map<string, number>();
  return (wanted) => {
    const base = wanted.slice(0, 110);
    let count = last.get(base) ?? 1;
    const name = (): string => (count === 1 ? base : `${base}_${count}`);
    while (given.has(name())) count += 1;
    last.set(base, count);
    given.add(name());
    return name();
  };
}
