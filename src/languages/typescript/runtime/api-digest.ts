import { createHash, randomBytes } from 'node:crypto';
import { digestChallenges, type Challenge } from './api-digest-challenge.ts';
import { ToolError } from './errors.ts';

export interface DigestUser {
  readonly username: string;
  readonly password: string;
}

/** What a request is signed with. */
export interface DigestRequest {
  readonly method: string;
  /** Path and query, as they are sent. */
  readonly uri: string;
  /** What is sent as the body; it is signed as well where the API asks for no less. */
  readonly content?: string | Buffer;
  /** Made up unless given. */
  readonly cnonce?: string;
}

/** Names of the algorithms (RFC 7616, 6.1) and of their hashes, the strongest first. */
const hashes = new Map([
  ['SHA-512-256', 'sha512-256'],
  ['SHA-256', 'sha256'],
  ['MD5', 'md5'],
]);

/**
 * The Authorization header that answers a WWW-Authenticate header (RFC 7616, 3.4), or undefined where that asks for
 * no Digest.
 * @throws ToolError when it asks for a Digest of a kind that is not known.
 */
export function digestAnswer(header: string, user: DigestUser, request: DigestRequest): string | undefined {
  const challenges = digestChallenges(header);
  if (challenges.length === 0) return undefined;
  const order = [...hashes.keys()];
  const known = challenges
    .filter((challenge) => hashes.has(algorithmOf(challenge).name) && qopOf(challenge) !== 'unknown')
    .toSorted((one, other) => order.indexOf(algorithmOf(one).name) - order.indexOf(algorithmOf(other).name));
  const [chosen] = known;
  if (chosen !== undefined) return answerTo(chosen, user, request);
  throw new ToolError(
    'The API asks for a Digest of a kind that is not known here.',
    'SHA-512-256, SHA-256 and MD5 with the quality of protection `auth` or `auth-int` are.',
  );
}

function answerTo(challenge: Challenge, { username, password }: DigestUser, request: DigestRequest): string {
  const { name, session } = algorithmOf(challenge);
  const hash = (text: string | Buffer) => createHash(hashes.get(name)!).update(text).digest('hex');
  const { realm = '', nonce = '', opaque } = challenge;
  const { method, uri, content = '', cnonce = randomBytes(24).toString('base64') } = request;
  const whole = hash(`${username}:${realm}:${password}`);
  const secret = session ? hash(`${whole}:${nonce}:${cnonce}`) : whole;
  const qop = qopOf(challenge);
  const count = '00000001';
  const middle = qop === 'none' ? nonce : `${nonce}:${count}:${cnonce}:${qop}`;
  const signed = `${method}:${uri}${qop === 'auth-int' ? `:${hash(content)}` : ''}`;
  const hidden = challenge['userhash']?.toLowerCase() === 'true';
  return `Digest ${[
    userField(hidden ? hash(`${username}:${realm}`) : username),
    quoted('realm', realm),
    quoted('uri', uri),
    ...(challenge['algorithm'] === undefined ? [] : [`algorithm=${challenge['algorithm']}`]),
    quoted('nonce', nonce),
    ...(qop === 'none' ? [] : [`nc=${count}`, `qop=${qop}`]),
    ...(qop !== 'none' || session ? [quoted('cnonce', cnonce)] : []),
    quoted('response', hash(`${secret}:${middle}:${hash(signed)}`)),
    ...(opaque === undefined ? [] : [quoted('opaque', opaque)]),
    ...(hidden ? ['userhash=true'] : []),
  ].join(', ')}`;
}

function algorithmOf({ algorithm = 'MD5' }: Challenge): { name: string; session: boolean } {
  const [, name = '', session] = /^(.*?)(-sess)?$/i.exec(algorithm)!;
  return { name: name.toUpperCase(), session: session !== undefined };
}

/** Without a quality of protection the answer is as RFC 2069 had it; `auth-int` signs the body, where nothing else is offered. */
function qopOf({ qop }: Challenge): 'auth' | 'auth-int' | 'none' | 'unknown' {
  if (qop === undefined) return 'none';
  const offered = qop.split(',').map((one) => one.trim().toLowerCase());
  return (['auth', 'auth-int'] as const).find((one) => offered.includes(one)) ?? 'unknown';
}

/** Names in other letters are written by RFC 8187. */
function userField(name: string): string {
  if (/^[ -~]*$/.test(name)) return quoted('username', name);
  const strict = encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return `username*=UTF-8''${strict}`;
}

function quoted(name: string, value: string): string {
  return `${name}="${value.replace(/["\\]/g, '\\$&')}"`;
}
