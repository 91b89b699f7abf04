import { readFile } from 'node:fs/promises';
import { variable, type ApiContext } from './api-context.ts';
import { encode } from './api-encode.ts';
import type { DigestUser } from './api-digest.ts';
import type { ApiFile, HttpCall, OauthScheme, OpenIdScheme, SecurityScheme } from './api-file.ts';
import { headerValue } from './api-headers.ts';
import { ToolError } from './errors.ts';
import { hide } from './mask.ts';
import type { TokenSession } from './token-session.ts';

/** PEM texts of a client certificate. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

/** What a call carries to prove itself. */
export interface Proof {
  readonly headers?: readonly [string, string][];
  readonly query?: readonly [string, string][];
  readonly cookies?: readonly string[];
  readonly certificate?: ClientCertificate;
  /** Who answers when the API challenges a request without credentials. */
  readonly digest?: DigestUser;
  /** Access token in it that can be had anew. */
  readonly token?: { readonly value: string; readonly session: TokenSession<ApiContext> };
}

/** What is missing before a scheme can be used: variables to set, and a way to sign in instead. Empty when it is ready. */
export async function missingFor(
  scheme: SecurityScheme,
  session: () => TokenSession<ApiContext>,
  context: ApiContext,
): Promise<string[]> {
  const unset = (...names: string[]) => names.filter((name) => variable(context, name) === undefined);
  if (!isOauth(scheme)) return unset(...neededVariables(scheme));
  if (unset(scheme.token).length === 0) return [];
  // A token of these flows is got elsewhere; no client of ours takes part.
  if (scheme.type === 'oauth2' && scheme.flow === 'implicit')
    return [`${scheme.token} (signed in for elsewhere: the implicit flow ends in a browser)`];
  const needed = unset(scheme.clientId);
  if (needed.length === 0 && (await session().canRenew(context))) return [];
  if (needed.length === 0) return [...wayToSignIn(scheme), `or ${scheme.token}`];
  const alone = scheme.type === 'oauth2' && scheme.flow === 'clientCredentials';
  const both = alone ? [...needed, ...unset(scheme.clientSecret)] : needed;
  return [both.join(' and '), `or ${scheme.token}`];
}

/** Whether a token is had by a flow, if it is not given. */
export function isOauth(scheme: SecurityScheme): scheme is OauthScheme | OpenIdScheme {
  return scheme.type === 'oauth2' || scheme.type === 'openIdConnect';
}

/** Variables without which a scheme that has no flow cannot be used. */
export function neededVariables(scheme: Exclude<SecurityScheme, OauthScheme | OpenIdScheme>): string[] {
  switch (scheme.type) {
    case 'apiKey':
    case 'http':
      return [scheme.variable];
    case 'basic':
    case 'digest':
      // Many APIs take a key as the user's name, with no password.
      return [scheme.username];
    case 'mutualTLS':
      return [scheme.certificate, scheme.key];
  }
}

/** Whether a user signs in, by the tool for that. */
export function isByUser(scheme: SecurityScheme): boolean {
  if (scheme.type === 'openIdConnect') return true;
  return scheme.type === 'oauth2' && ['authorizationCode', 'deviceAuthorization'].includes(scheme.flow);
}

function wayToSignIn(scheme: OauthScheme | OpenIdScheme): string[] {
  if (scheme.type === 'oauth2' && scheme.username !== undefined && scheme.password !== undefined)
    return [`${scheme.username} and ${scheme.password}`, `or ${scheme.refreshToken}`];
  return isByUser(scheme) ? ['a sign-in (call `authorize`)'] : [scheme.clientSecret, `or ${scheme.refreshToken}`];
}

/** The proof of one scheme. @throws ToolError when a token cannot be had or a file cannot be read. */
export async function proofOf(
  scheme: SecurityScheme,
  session: () => TokenSession<ApiContext>,
  context: ApiContext,
): Promise<Proof> {
  const value = (name: string) => variable(context, name) ?? '';
  switch (scheme.type) {
    case 'apiKey':
      return keyProof(scheme.in, scheme.name, value(scheme.variable));
    case 'basic': {
      const pair = basicPair(`${value(scheme.username)}:${value(scheme.password)}`);
      hide(scheme.password, pair.slice('Basic '.length));
      return authorization(pair);
    }
    case 'digest':
      return { digest: { username: value(scheme.username), password: value(scheme.password) } };
    case 'http':
      return authorization(withScheme(scheme.scheme, value(scheme.variable)));
    case 'mutualTLS':
      return { certificate: { cert: await pem(scheme.certificate, context), key: await pem(scheme.key, context) } };
    case 'oauth2':
    case 'openIdConnect': {
      const given = variable(context, scheme.token);
      if (given !== undefined) return authorization(withScheme('Bearer', given));
      const token = await session().token(context);
      return { ...authorization(`Bearer ${token}`), token: { value: token, session: session() } };
    }
  }
}

export function keyProof(place: 'header' | 'query' | 'cookie', name: string, key: string): Proof {
  if (place === 'query') return { query: [[name, key]] };
  return place === 'cookie' ? { cookies: [`${name}=${encode(key)}`] } : { headers: [[name, headerValue(name, key)]] };
}

export function authorization(value: string): Proof {
  return { headers: [['authorization', headerValue('Authorization', value)]] };
}

/** A name and password as Authorization holds them (RFC 7617). */
export const basicPair = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

/** People set the whole header value as often as the bare token. */
export function withScheme(scheme: string, value: string): string {
  const name = /^(?:bearer|basic|digest)$/i.test(scheme)
    ? scheme[0]!.toUpperCase() + scheme.slice(1).toLowerCase()
    : scheme;
  return value.toLowerCase().startsWith(`${name.toLowerCase()} `) ? value : `${name} ${value}`;
}

async function pem(name: string, context: ApiContext): Promise<string> {
  return readFile(context.secret(name).trim(), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ToolError(
      `The file that ${name} names cannot be read: ${error.code}.`,
      `Set ${name} to the path of a PEM file.`,
    );
  });
}

/** Names of the variables that a call's credentials come from, for messages. */
export function variablesOf({ security = {} }: ApiFile, call: HttpCall): string[] {
  const names = (call.security ?? []).flatMap((alternative) => Object.keys(alternative));
  return [...new Set(names)].flatMap((name) => {
    const scheme = Object.hasOwn(security, name) ? security[name] : undefined;
    if (scheme === undefined) return [];
    if (scheme.type === 'basic' || scheme.type === 'digest') return [scheme.username, scheme.password];
    if (scheme.type === 'mutualTLS') return [scheme.certificate, scheme.key];
    if (scheme.type === 'oauth2' && scheme.username !== undefined && scheme.password !== undefined)
      return [scheme.token, scheme.clientId, scheme.username, scheme.password];
    return 'variable' in scheme ? [scheme.variable] : [scheme.token, scheme.clientId, scheme.clientSecret];
  });
}
