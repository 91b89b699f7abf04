import { METHODS } from 'node:http';
import { timeFor, TookTooLong, type InTime } from '#util/within-time.ts';
import type { ApiFile, ApiOperation, ApiTool } from '../runtime/api-file.ts';
import { judgeRequest, type SentRequest } from './judge-request.ts';
import { sampleAnswer, type Reply } from './sample-answer.ts';
import { cares, sampleCall, type Care, type Shown } from './sample-call.ts';

/** A running server, and the stand-in for its API. */
export interface Exchange {
  /** Sets what the API answers from now on. */
  answer(reply: Reply): Promise<void> | void;
  call(tool: string, args: Record<string, unknown>): Promise<{ readonly isError: boolean; readonly text: string }>;
  /** Requests since this was last asked. */
  requests(): Promise<readonly SentRequest[]> | readonly SentRequest[];
  /** Path of a server of the API, by its index. */
  base(server: number): string;
  /** Values of the environment variables that hold credentials. */
  readonly credentials: Readonly<Record<string, string>>;
}

/** What api.json holds, with the examples that arguments are taken from. */
export type TriedApi = ApiFile & Shown;

export interface Verdict {
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly problems: readonly string[];
}

/** The operations of an API: listed, not listed, and those that became code. */
export function operationsOf(api: ApiFile): ApiOperation[] {
  const isOperation = (tool: ApiTool): tool is ApiOperation => tool.implementation.kind === 'http';
  return [...api.tools.filter(isOperation), ...(api.catalogue ?? []), ...(api.ejected ?? [])];
}

/** One call of an operation that is to be judged. */
export interface Attempt {
  readonly operation: ApiOperation;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The tool that runs it, and that tool's arguments. */
  readonly call: readonly [tool: string, args: Record<string, unknown>];
}

/** How a call ended, and the requests that came of it. */
export interface Outcome {
  readonly isError: boolean;
  readonly text: string;
  readonly sent: readonly SentRequest[];
}

/** Calls one operation with arguments made by its description, and judges the request that comes of it. */
export async function tryOperation(api: TriedApi, operation: ApiOperation, exchange: Exchange): Promise<Verdict> {
  const obstacle = obstacleTo(api, operation);
  if (obstacle !== undefined) return skipped(obstacle);
  await exchange.answer(sampleAnswer(api, operation));
  for (const care of cares) {
    const attempt = attemptOf(api, operation, care);
    const end = await exchange.call(...attempt.call);
    const outcome = { ...end, sent: await exchange.requests() };
    // What no request came of was refused before: the arguments do not fit, and others may.
    if (outcome.sent.length > 0 || !end.isError || !end.text.startsWith('Invalid arguments'))
      return judgeAttempt(api, attempt, outcome, exchange);
  }
  return skipped('no arguments could be made that its schema allows');
}

/** Why an operation cannot be tried against a stand-in. */
export function obstacleTo(api: ApiFile, operation: ApiOperation): string | undefined {
  if (needsCertificate(api, operation)) return 'it needs a client certificate';
  const { method } = operation.implementation;
  return METHODS.includes(method) ? undefined : `no stand-in can receive the method ${method}`;
}

/** A call with arguments of the most careful kind unless told. */
export function attemptOf(api: TriedApi, operation: ApiOperation, care: Care = cares[0]!): Attempt {
  const args = sampleCall(api, operation, care);
  return { operation, arguments: args, call: wayTo(api, operation, args) };
}

export function judgeAttempt(
  api: ApiFile,
  { operation, arguments: args }: Attempt,
  { isError, text, sent: [sent, ...more] }: Outcome,
  { base, credentials }: Pick<Exchange, 'base' | 'credentials'>,
): Verdict {
  if (sent === undefined) return failed([`no request is made: ${text.slice(0, 300)}`]);
  const server = operation.implementation.server ?? 0;
  const expected = { api, operation, arguments: args, base: base(server), credentials };
  const problems = judgedInTime(api, () => judgeRequest(sent, expected));
  if (problems === undefined) return skipped('its request cannot be judged in time');
  if (more.length > 0) problems.push(`${more.length + 1} requests are made instead of one`);
  if (isError) problems.push(`the answer is taken for an error: ${text.slice(0, 300)}`);
  return problems.length === 0 ? { status: 'passed', problems } : failed(problems);
}

const clocks = new WeakMap<object, InTime>();

/** Documents say what paths and types of bodies look like, and may say it so that a comparison never ends. */
function judgedInTime<T>(api: ApiFile, judge: () => T): T | undefined {
  const inTime = clocks.get(api) ?? timeFor(10_000, 500);
  clocks.set(api, inTime);
  try {
    return inTime(judge);
  } catch (error) {
    if (error instanceof TookTooLong) return undefined;
    throw error;
  }
}

/** The tool that runs an operation: its own, or the one that runs those which read or those which write. */
function wayTo(
  api: ApiFile,
  { name, annotations }: ApiOperation,
  args: Record<string, unknown>,
): [string, Record<string, unknown>] {
  if ([...api.tools, ...(api.ejected ?? [])].some((tool) => tool.name === name)) return [name, args];
  const part = annotations.readOnlyHint ? 'read' : 'write';
  const tool = api.tools.find(
    ({ implementation }) => implementation.kind === 'catalogue' && implementation.part === part,
  );
  return [tool?.name ?? name, { operation: name, arguments: args }];
}

function needsCertificate(
  { security: schemes }: ApiFile,
  { implementation: { security = [] } }: ApiOperation,
): boolean {
  const isCertificate = (name: string): boolean => schemes?.[name]?.type === 'mutualTLS';
  return security.length > 0 && security.every((alternative) => Object.keys(alternative).some(isCertificate));
}

const failed = (problems: readonly string[]): Verdict => ({ status: 'failed', problems });
const skipped = (reason: string): Verdict => ({ status: 'skipped', problems: [reason] });
