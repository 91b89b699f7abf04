import type { ApiFile, ApiOperation, HttpCall, HttpParameter, SecurityScheme } from '../runtime/api-file.ts';
import { chosenBody } from '../runtime/api-body.ts';
import { bodyProblem } from './read-body.ts';
import { decoded, escaped, pairsOf, readPairs, readSegment, type Pair } from './read-style.ts';
import { equalJson, sameValue } from './same-value.ts';

/** A request as a server received it. Names of headers are in lower case. */
export interface SentRequest {
  readonly method: string;
  /** Path and query, as they stood on the wire. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

export interface Expected {
  readonly api: Pick<ApiFile, 'security'>;
  readonly operation: Pick<ApiOperation, 'implementation'>;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Path of the operation's server, without a slash at its end. */
  readonly base: string;
  /** Values of the environment variables that hold credentials. */
  readonly credentials: Readonly<Record<string, string>>;
}

/**
 * What is wrong with a request for a call, in words; empty when it says all that was given, and nothing else.
 * It reads the request back by the operation's description; how the server wrote it is not looked at.
 */
export function judgeRequest(sent: SentRequest, expected: Expected): string[] {
  const call = expected.operation.implementation;
  const [path = '', query = ''] = sent.url.split(/\?(.*)/s);
  const pairs = pairsOf(query);
  const schemes = schemesOf(expected);
  const problems = [
    ...(sent.method === call.method ? [] : [`the method is ${sent.method} instead of ${call.method}`]),
    ...pathProblems(path, expected),
    ...othersProblems(sent, pairs, query, expected),
    ...strayProblems(pairs, expected, schemes),
  ];
  const body = bodyOf(sent, expected);
  const access = accessProblem(sent, pairs, expected);
  return [...problems, ...(body === undefined ? [] : [body]), ...(access === undefined ? [] : [access])];
}

function pathProblems(path: string, { operation, arguments: given, base }: Expected): string[] {
  const { path: template, parameters = [] } = operation.implementation;
  const { pattern, names } = pathPattern(operation.implementation, base);
  const found = new RegExp(`^${pattern}$`).exec(path);
  if (found === null) return [`the path is ${path} instead of ${base}${template}`];
  return names.flatMap((run, index) => {
    const declared = run.map((name) => parameters.find((each) => each.in === 'path' && each.name === name));
    const raw = found[index + 1] ?? '';
    if (saysAll(raw, declared, given)) return [];
    return declared.flatMap((one) => (one === undefined ? [] : [unlike(one, given[one.argument], raw)]));
  });
}

/** Whether a part of the path says the values of parameters that touch in it, in their order, wherever one ends. */
function saysAll(
  raw: string,
  [first, ...others]: readonly (HttpParameter | undefined)[],
  given: Expected['arguments'],
): boolean {
  const says = (part: string): boolean => {
    if (first === undefined) return true;
    const value = given[first.argument];
    const read = first.content === undefined ? readSegment(part, first, value) : contentOf(decoded(part), first);
    return sameValue(value, read);
  };
  if (others.length === 0) return says(raw);
  for (let end = 0; end <= raw.length; end++)
    if (says(raw.slice(0, end)) && saysAll(raw.slice(end), others, given)) return true;
  return false;
}

/** A regular expression for the paths of an operation's requests; each group is the place of the parameters named, which touch. */
export function pathPattern(
  { path }: Pick<HttpCall, 'path'>,
  base: string,
): { readonly pattern: string; readonly names: readonly (readonly string[])[] } {
  const names: string[][] = [];
  const pattern = (base + path.split(/[?#]/)[0]!).replace(/(?:\{[^}]+\})+|[^{]+|\{/g, (part) => {
    if (!/^\{[^}]/.test(part)) return literalOf(part);
    names.push([...part.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!));
    return '([^/]*?)';
  });
  return { pattern, names };
}

/** A path's own characters may stand encoded or not. */
const literalOf = (text: string): string => {
  const plain = escaped(text);
  const encoded = escaped(encodeURI(text));
  return plain === encoded ? plain : `(?:${plain}|${encoded})`;
};

function othersProblems(sent: SentRequest, pairs: readonly Pair[], query: string, expected: Expected): string[] {
  const { parameters = [] } = expected.operation.implementation;
  const cookies = pairsOf((sent.headers['cookie'] ?? '').replace(/;\s*/g, '&'));
  return parameters.flatMap((parameter) => {
    const value = expected.arguments[parameter.argument];
    if (parameter.in === 'path' || value === undefined) return [];
    const read = readOne(parameter, value, { sent, pairs, query, cookies });
    return sameValue(value, read) ? [] : [unlike(parameter, value, read)];
  });
}

interface Wire {
  readonly sent: SentRequest;
  readonly pairs: readonly Pair[];
  readonly query: string;
  readonly cookies: readonly Pair[];
}

function readOne(parameter: HttpParameter, given: unknown, { sent, pairs, query, cookies }: Wire): unknown {
  if (parameter.in === 'querystring') return queryOf(query, parameter, given);
  if (parameter.in === 'header') {
    const raw = sent.headers[parameter.name.toLowerCase()];
    if (raw === undefined) return undefined;
    if (parameter.content !== undefined) return contentOf(decoded(raw), parameter);
    const read = readSegment(raw, { ...parameter, style: 'simple' }, given);
    return typeof given === 'object' || read === String(given) ? read : raw;
  }
  const among = parameter.in !== 'cookie' ? pairs : parameter.style === 'cookie' ? asWritten(sent) : cookies;
  if (parameter.content === undefined) return readPairs(among, parameter, given);
  const raw = among.find(([name]) => name === parameter.name)?.[1];
  return raw === undefined ? undefined : contentOf(decoded(raw), parameter);
}

/** Cookies whose values are not percent-encoded (OpenAPI 3.2, style `cookie`), encoded so that they are read like others. */
const asWritten = ({ headers }: SentRequest): Pair[] =>
  (headers['cookie'] ?? '').split(/;\s*/).map((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    return [name, value.split(',').map(encodeURIComponent).join(',')];
  });

/** The whole query as one value (OpenAPI 3.2, `in: querystring`). */
function queryOf(query: string, parameter: HttpParameter, given: unknown): unknown {
  if (parameter.content?.includes('form-urlencoded') !== true) return contentOf(decoded(query), parameter);
  const style = { name: '', style: 'form', explode: true } as const;
  return readPairs(pairsOf(query), style, given);
}

function contentOf(text: string, { content }: HttpParameter): unknown {
  if (content === undefined || !/json/.test(content)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 120);
const unlike = ({ in: place, name }: HttpParameter, given: unknown, read: unknown): string =>
  `the ${place} parameter ${name} was given as ${shown(given)} and arrives as ${shown(read)}`;

function bodyOf({ headers, body: bytes }: SentRequest, { operation, arguments: given }: Expected): string | undefined {
  const { body } = operation.implementation;
  const value = body === undefined ? undefined : given[body.argument];
  if (body === undefined || value === undefined) {
    const nothing = bytes.length === 0 || equalJson({}, tryJson(bytes));
    return nothing ? undefined : 'there is a body that was not given';
  }
  return bodyProblem(chosenBody(body, given), value, { type: headers['content-type'] ?? '', bytes });
}

function tryJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** Query parameters that nobody gave. */
function strayProblems(
  pairs: readonly Pair[],
  { operation, arguments: given }: Expected,
  schemes: readonly SecurityScheme[],
): string[] {
  const parameters = operation.implementation.parameters ?? [];
  if (parameters.some((parameter) => parameter.in === 'querystring')) return [];
  const keys = schemes.flatMap((scheme) => (scheme.type === 'apiKey' && scheme.in === 'query' ? [scheme.name] : []));
  const fixed = pairsOf(operation.implementation.path.split('#')[0]!.split('?')[1] ?? '').map(([name]) => name);
  const queried = parameters.filter((parameter) => parameter.in === 'query' && given[parameter.argument] !== undefined);
  const named = new Set([...keys, ...fixed, ...queried.map(({ name }) => name)]);
  const inside = queried.flatMap(({ argument }) => Object.keys(Object(given[argument])));
  const stray = pairs.filter(([name]) => !named.has(name) && !inside.includes(name) && !named.has(name.split('[')[0]!));
  return stray.map(([name]) => `the query has ${name}, which was not given`);
}

function schemesOf({ api, operation }: Expected): SecurityScheme[] {
  const names = (operation.implementation.security ?? []).flatMap((alternative) => Object.keys(alternative));
  return [...new Set(names)].flatMap((name) => api.security?.[name] ?? []);
}

/** Of one alternative, every credential has to be in its place. */
function accessProblem(
  sent: SentRequest,
  pairs: readonly Pair[],
  { api, operation, credentials }: Expected,
): string | undefined {
  const { security = [] } = operation.implementation satisfies HttpCall;
  if (security.length === 0) return undefined;
  const given = (name: string): boolean => {
    const scheme = api.security?.[name];
    return scheme === undefined || hasCredential(sent, pairs, scheme, credentials);
  };
  if (security.some((alternative) => Object.keys(alternative).every(given))) return undefined;
  return `the credentials of ${security.map((alternative) => Object.keys(alternative).join(' and ')).join(', or of ')} are not in their place`;
}

function hasCredential(
  { headers }: SentRequest,
  pairs: readonly Pair[],
  scheme: SecurityScheme,
  credentials: Expected['credentials'],
): boolean {
  const authorization = headers['authorization'] ?? '';
  switch (scheme.type) {
    case 'mutualTLS':
    // Nothing is sent until the API challenges.
    case 'digest':
      return true;
    case 'basic': {
      const both = `${credentials[scheme.username]}:${credentials[scheme.password]}`;
      return authorization === `Basic ${Buffer.from(both).toString('base64')}`;
    }
    case 'http':
      return authorization.toLowerCase() === `${scheme.scheme} ${credentials[scheme.variable]}`.toLowerCase();
    case 'oauth2':
    case 'openIdConnect':
      return authorization === `Bearer ${credentials[scheme.token]}`;
    case 'apiKey': {
      const value = credentials[scheme.variable];
      if (scheme.in === 'header') return headers[scheme.name.toLowerCase()] === value;
      const among = scheme.in === 'query' ? pairs : pairsOf((headers['cookie'] ?? '').replace(/;\s*/g, '&'));
      return among.some(([name, raw]) => name === scheme.name && decoded(raw) === value);
    }
  }
}
