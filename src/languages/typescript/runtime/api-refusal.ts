import type { HttpCall } from './api-file.ts';
import type { Reply } from './api-reply.ts';
import { ToolError } from './errors.ts';
import { mask } from './mask.ts';
import { isRecord } from './schema.ts';

const longest = 1000;

/** The error of a call that the API refused: the request, the status, the API's own words, what to try. */
export function refusal(call: HttpCall, reply: Reply, variables: readonly string[]): ToolError {
  const said = saidWhat(reply);
  const what = `${call.method} ${call.path} was answered with ${reply.status}`;
  return new ToolError(said === '' ? `${what}.` : `${what}: ${said}`, whatToTry(call, reply, variables, said));
}

/** The API's message, on one line, wherever it stands in the answer. */
export function saidWhat({ data, text, type }: Reply): string {
  const words = data === undefined ? plain(text ?? '', type) : (messageIn(data, 0) ?? JSON.stringify(data));
  // Before blanks are made one: a secret may have several.
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const line = mask(words).replace(/[\s\u0000-\u001F\u007F]+/g, ' ').trim();
  // And before it is cut: half of a secret would be known to nobody.
  const masked = mask(line);
  return masked.length > longest ? `${masked.slice(0, longest)}…` : masked;
}

const messageFields = [
  'message',
  'detail',
  'error_description',
  'errorMessage',
  'description',
  'title',
  'reason',
  'msg',
];

/** RFC 9457 (title, detail, errors), { error: { message } }, { message }, { errors: […] }, OAuth, and lists of these. */
function messageIn(data: unknown, depth: number): string | undefined {
  if (typeof data === 'string') return data;
  if (depth > 4) return undefined;
  if (Array.isArray(data)) return joined(data.slice(0, 5).map((item) => messageIn(item, depth + 1)));
  if (!isRecord(data)) return undefined;
  const own = messageFields.map((name) => data[name]).find((value) => typeof value === 'string' && value !== '');
  const place = ['field', 'pointer', 'path', 'loc', 'param', 'property'].map((name) => data[name]).find(Boolean);
  const title = typeof data['title'] === 'string' && data['title'] !== own ? data['title'] : undefined;
  const nested = ['error', 'errors', 'fault', 'invalid-params', 'invalidParams', 'violations', 'details', 'detail']
    .filter((name) => data[name] !== own)
    .map((name) => messageIn(data[name], depth + 1) ?? fieldsIn(data[name]));
  const text = joined([title, own as string | undefined, ...nested]);
  return text === undefined || place === undefined ? text : `${placeText(place)}: ${text}`;
}

/** { field: [message] }, as many frameworks answer. */
function fieldsIn(value: unknown): string | undefined {
  if (!isRecord(value) || Object.keys(value).length === 0) return undefined;
  return joined(
    Object.entries(value)
      .slice(0, 5)
      .map(([name, said]) => `${name}: ${messageIn(said, 3) ?? JSON.stringify(said)}`),
  );
}

function placeText(place: unknown): string {
  return Array.isArray(place) ? place.join('.') : typeof place === 'object' ? JSON.stringify(place) : String(place);
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  const said = [...new Set(parts.filter((part) => part !== undefined && part !== ''))];
  return said.length === 0 ? undefined : said.join('; ');
}

/** Of a page only its words. */
function plain(text: string, type: string): string {
  if (!/html|xml/.test(type) && !/^\s*<(?:!doctype|html)/i.test(text)) return text;
  return text
    .slice(0, 20_000)
    .replace(/<(style|script)\b[^<>]*>[^]*?<\/\1>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ');
}

function whatToTry(call: HttpCall, { status, headers }: Reply, variables: readonly string[], said: string): string {
  const set = variables.length === 0 ? '' : ` (${variables.join(', ')})`;
  if (status === 401) return `The credentials were refused: check the variables of this server${set}.`;
  if (status === 403) return `The credentials${set} lack a permission${scopesOf(call)}: use others, or leave this be.`;
  if (status === 404) return `Check the ids and names given${argumentsIn(call, 'path')}.`;
  if (status === 405 || status === 501) return 'The API does not offer this call here.';
  if (status === 409 || status === 412) return 'It changed meanwhile or is there already: read it again, then decide.';
  if (status === 410) return 'It is gone: look for another.';
  if (status === 413) return 'Send less at a time.';
  if (status === 429) return waitFor(headers.get('retry-after'));
  if (status >= 500) return 'The API has trouble of its own: try again later.';
  if (status >= 300 && status < 400) return 'The API redirects elsewhere: its base address may have changed.';
  const named = namedIn(call, said);
  return named.length > 0
    ? `Correct ${named.join(', ')} and call again.`
    : 'Correct the arguments as the API says and call again.';
}

function scopesOf({ security = [] }: HttpCall): string {
  const scopes = [...new Set(security.flatMap((alternative) => Object.values(alternative).flat()))];
  return scopes.length === 0 ? '' : ` (scopes: ${scopes.slice(0, 10).join(', ')})`;
}

function argumentsIn({ parameters = [] }: HttpCall, place: string): string {
  const names = parameters.filter((parameter) => parameter.in === place).map(({ argument }) => argument);
  return names.length === 0 ? '' : ` (${names.join(', ')})`;
}

/** Arguments that the API's message speaks of. */
function namedIn({ parameters = [], body }: HttpCall, said: string): string[] {
  const names = [...parameters.map(({ argument }) => argument), ...(body ? [body.argument] : [])];
  const words = new Set(said.split(/[^\w.-]+/));
  return names.filter((name) => words.has(name)).slice(0, 5);
}

function waitFor(header: string | null): string {
  const seconds = /^\s*(\d{1,9})\s*$/.exec(header ?? '')?.[1];
  const date = new Date(header ?? '');
  const until = Number.isNaN(date.getTime()) ? 'a while' : `until ${date.toUTCString()}`;
  return `Too many calls: wait ${seconds === undefined ? until : `${seconds} seconds`}, then call again.`;
}
