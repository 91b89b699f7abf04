import { baseUrl } from './api-base.ts';
import { writeBody, type BodySchema } from './api-body.ts';
import type { ApiContext } from './api-context.ts';
import { openCredentials, type Credentials } from './api-credentials.ts';
import type { ApiFile, ApiOperation, HttpCall, Schema } from './api-file.ts';
import { addCookies, addHeaders } from './api-headers.ts';
import { keepAnswers, type KeptAnswers } from './api-kept.ts';
import { nextPage } from './api-next.ts';
import { refusal } from './api-refusal.ts';
import { readReply, type Reply } from './api-reply.ts';
import { answerOf } from './api-result.ts';
import { variablesOf, type Proof } from './api-scheme.ts';
import { requestUrl } from './api-url.ts';
import { authorization } from './api-scheme.ts';
import type { LimitedInit } from './limited-fetch.ts';
import { isRecord, type Check } from './schema.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** What all calls of an API share. */
export interface ApiCalls {
  readonly api: ApiFile;
  readonly credentials: Credentials;
  readonly kept: KeptAnswers;
  readonly maxCharacters: number;
}

export function openCalls(api: ApiFile, maxCharacters: number): ApiCalls {
  return { api, credentials: openCredentials(api), kept: keepAnswers(), maxCharacters };
}

/**
 * Calls an operation with arguments that were checked, and gives its answer.
 * @throws ToolError when the request cannot be made, or the API refuses it.
 */
export async function callOperation(
  calls: ApiCalls,
  operation: ApiOperation,
  args: Arguments,
  check: Check | undefined,
  context: ApiContext,
): Promise<Record<string, unknown>> {
  const call = operation.implementation;
  const proofs = await calls.credentials.for(call, context);
  const base = baseUrl(calls.api, call, context);
  const body = await (call.body &&
    writeBody(call.body, args[call.body.argument], context, () => bodySchema(calls.api, operation)));
  const send = async (given: readonly Proof[]): Promise<Reply> => {
    const { url, init } = request(call, base, args, given);
    const withBody = body === undefined ? init : { ...init, body: body.content };
    if (body !== undefined) (init.headers as Headers).set('content-type', body.type);
    return readReply(await context.fetch(url, withBody));
  };
  const reply = await sendAgainWhenExpired(send, proofs, context);
  const succeeded = (reply.status >= 200 && reply.status < 300) || reply.status === 304;
  if (!succeeded) throw refusal(call, reply, variablesOf(calls.api, call));
  const next = nextPage(call, args, reply, new URL(request(call, base, args, []).url));
  const { kept, maxCharacters } = calls;
  return answerOf(reply, { name: operation.name, check, next, kept, maxCharacters }, context);
}

/** A token that the API refuses is had anew, once. */
async function sendAgainWhenExpired(
  send: (proofs: readonly Proof[]) => Promise<Reply>,
  proofs: readonly Proof[],
  context: ApiContext,
): Promise<Reply> {
  const reply = await send(proofs);
  const renewable = proofs.find(({ token }) => token !== undefined)?.token;
  if (reply.status !== 401 || renewable === undefined) return reply;
  const fresh = await renewable.session.tokenAfter(renewable.value, context);
  return send(proofs.map((proof) => (proof.token === renewable ? authorization(`Bearer ${fresh}`) : proof)));
}

function request(
  call: HttpCall,
  base: string,
  args: Arguments,
  proofs: readonly Proof[],
): { url: string; init: LimitedInit } {
  const headers = new Headers();
  headers.set('accept', acceptOf(call));
  addHeaders(headers, call, args);
  for (const { headers: given = [], cookies = [] } of proofs) {
    for (const [name, value] of given) headers.set(name, value);
    if (cookies.length > 0) addCookies(headers, cookies);
  }
  const certificate = proofs.find((proof) => proof.certificate !== undefined)?.certificate;
  const query = proofs.flatMap((proof) => proof.query ?? []);
  const { href } = requestUrl(base, call, args, query);
  return { url: href, init: { method: call.method, headers, ...(certificate && { certificate }) } };
}

/** What the document promises first; anything rather than a refusal after that. */
function acceptOf({ accept = [] }: HttpCall): string {
  const named = accept.filter((type) => !type.startsWith('*/*'));
  if (named.length === 0) return 'application/json, */*;q=0.5';
  const json = named.filter((type) => /json/.test(type));
  return [...new Set([...json, ...named]), '*/*;q=0.1'].join(', ');
}

/** The schema of the body, and a way to look up what it refers to. */
function bodySchema({ schemas = {} }: ApiFile, { inputSchema, implementation }: ApiOperation): BodySchema {
  const own = isRecord(inputSchema['$defs']) ? inputSchema['$defs'] : {};
  const find = (schema: Schema | undefined, depth = 0): Readonly<Record<string, unknown>> => {
    if (!isRecord(schema)) return {};
    const name = typeof schema['$ref'] === 'string' ? schema['$ref'].replace(/^#\/\$defs\//, '') : undefined;
    if (name === undefined || depth > 20) return schema;
    const { $ref: _, ...beside } = schema;
    return { ...find((own[name] ?? schemas[name]) as Schema | undefined, depth + 1), ...beside };
  };
  const properties = isRecord(inputSchema['properties']) ? inputSchema['properties'] : {};
  return {
    schema: properties[implementation.body?.argument ?? ''] as Schema | undefined,
    resolve: (schema) => find(schema),
  };
}
