import { baseUrl, refuseElsewhere } from './api-base.ts';
import { chosenBody, writeBody, type BodySchema, type WireBody } from './api-body.ts';
import type { ApiContext } from './api-context.ts';
import { digestAnswer, type DigestUser } from './api-digest.ts';
import { openCredentials, type Credentials } from './api-credentials.ts';
import type { ApiFile, ApiOperation, HttpCall, Schema } from './api-file.ts';
import { fieldsIn, project } from './api-fields.ts';
import { addCookies, addHeaders } from './api-headers.ts';
import { openInputChecks } from './api-input.ts';
import { keepAnswers, type KeptAnswers } from './api-kept.ts';
import { nextPage } from './api-next.ts';
import { refusal } from './api-refusal.ts';
import { readReply, type Reply } from './api-reply.ts';
import { answerOf } from './api-result.ts';
import { authorization, variablesOf, type Proof } from './api-scheme.ts';
import { lookUp, referenceIn } from './api-schema.ts';
import { requestUrl } from './api-url.ts';
import type { LimitedInit } from './limited-fetch.ts';
import { isRecord, type Check, type ObjectSchema } from './schema.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** What all calls of an API share. */
export interface ApiCalls {
  readonly api: ApiFile;
  readonly credentials: Credentials;
  readonly kept: KeptAnswers;
  readonly maxCharacters: number;
  /** Checks arguments by an input schema of the API. */
  inputCheck(schema: ObjectSchema): Check;
}

export function openCalls(api: ApiFile, maxCharacters: number): ApiCalls {
  const inputCheck = openInputChecks(api);
  return { api, credentials: openCredentials(api), kept: keepAnswers(), maxCharacters, inputCheck };
}

/** What one call has beside its arguments. */
export interface CallOptions {
  readonly context: ApiContext;
  /** Whether `{ status, data }` fits the documented schema. */
  readonly check?: Check;
  /** Parts of the data to give; all unless named. */
  readonly fields?: readonly string[];
}

/**
 * Calls an operation with arguments that were checked, and gives its answer.
 * @throws ToolError when the request cannot be made, or the API refuses it.
 */
export async function callOperation(
  { api, credentials, kept, maxCharacters }: ApiCalls,
  operation: ApiOperation,
  checked: Arguments,
  { context, check, fields = [] }: CallOptions,
): Promise<Record<string, unknown>> {
  // Without what every object inherits: a parameter may be named `constructor`.
  const args: Arguments = Object.assign(Object.create(null), checked);
  const call = operation.implementation;
  const proofs = await credentials.for(call, context);
  const base = baseUrl(api, call, context);
  if (proofs.length > 0) refuseElsewhere(api, call, base, context);
  const body =
    call.body &&
    (await writeBody(chosenBody(call.body, args), args[call.body.argument], context, () => bodySchema(api, operation)));
  const send = async (given: readonly Proof[]): Promise<Reply> => {
    const { url, init } = request(call, base, args, given, body);
    return readReply(await context.fetch(url, init));
  };
  const signed = (header: string, user: DigestUser) => {
    const { pathname, search } = new URL(request(call, base, args, proofs, body).url);
    return digestAnswer(header, user, {
      method: call.method,
      uri: pathname + search,
      ...(body && { content: body.content }),
    });
  };
  const reply = await sendAgainWhenRefused(send, signed, proofs, context);
  const succeeded = (reply.status >= 200 && reply.status < 300) || reply.status === 304;
  if (!succeeded) throw refusal(call, reply, variablesOf(api, call));
  const next = nextPage(call, args, reply, requestUrl(base, call, args));
  const named = 'data' in reply ? fieldsIn(reply.data, fields) : [];
  const chosen = named.length > 0 ? { ...reply, data: project(reply.data, named) } : reply;
  return answerOf(chosen, { name: operation.name, check, next, kept, maxCharacters }, context);
}

/** Once: a token that the API refuses is had anew, a challenge for a Digest is answered. */
async function sendAgainWhenRefused(
  send: (proofs: readonly Proof[]) => Promise<Reply>,
  signed: (header: string, user: DigestUser) => string | undefined,
  proofs: readonly Proof[],
  context: ApiContext,
): Promise<Reply> {
  const reply = await send(proofs);
  const user = proofs.find(({ digest }) => digest !== undefined)?.digest;
  const challenge = reply.status === 401 ? reply.headers.get('www-authenticate') : null;
  const answer = user && challenge ? signed(challenge, user) : undefined;
  if (answer !== undefined) return send([...proofs, authorization(answer)]);
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
  body: WireBody | undefined,
): { url: string; init: LimitedInit } {
  const headers = new Headers({ accept: acceptOf(call) });
  addHeaders(headers, call, args);
  if (body !== undefined) headers.set('content-type', body.type);
  for (const { headers: given = [], cookies = [] } of proofs) {
    for (const [name, value] of given) headers.set(name, value);
    if (cookies.length > 0) addCookies(headers, cookies);
  }
  const certificate = proofs.find((proof) => proof.certificate !== undefined)?.certificate;
  const query = proofs.flatMap((proof) => proof.query ?? []);
  const { href } = requestUrl(base, call, args, query);
  return {
    url: href,
    init: {
      method: call.method,
      headers,
      ...(body && { body: body.content as string }),
      ...(certificate && { certificate }),
    },
  };
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
  const resolve = (schema: unknown, depth = 0): Readonly<Record<string, unknown>> => {
    if (!isRecord(schema)) return {};
    const name = referenceIn(schema);
    if (name === undefined || depth > 20) return schema;
    const { $ref: _, ...beside } = schema;
    return { ...resolve(lookUp(name, own, schemas), depth + 1), ...beside };
  };
  const properties = isRecord(inputSchema['properties']) ? inputSchema['properties'] : {};
  const schema = properties[implementation.body?.argument ?? ''] as Schema | undefined;
  return { schema, resolve: (part) => resolve(part) };
}
