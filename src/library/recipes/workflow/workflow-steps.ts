import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from '#runtime/errors.ts';
import { triesOf } from '#runtime/limited-fetch.ts';
import { callApi } from '#shared/api-client.ts';
import { readBody } from '#shared/api-answer.ts';
import type { CallContext } from '#shared/bearer.ts';
import { logCall } from '#shared/call-log.ts';
import type { Value } from '#shared/field-path.ts';
import { shownPath } from '#shared/file-writer.ts';
import { checkedAddress } from '#shared/settings.ts';
import type { Condition, WorkflowStep } from './workflow-graph.ts';
import { filled, filledPath, type Scope } from './workflow-template.ts';

/** Does one step and returns its result, which later steps can use. */
export async function runStep(step: WorkflowStep, scope: Scope, run: string, context: CallContext): Promise<Value> {
  if (step.type === 'http') return request(step, scope, run, context);
  if (step.type === 'map') return filled(step.value ?? null, scope);
  if (step.type === 'condition') return { passed: step.condition !== undefined && holds(step.condition, scope) };
  if (step.type === 'write_file') return write(step, scope, context);
  await sleep((step.seconds ?? 0) * 1000, undefined, { signal: context.signal });
  return { waited_seconds: step.seconds ?? 0 };
}

export function holds(condition: Condition, scope: Scope): boolean {
  const left = filled(condition.left, scope);
  const right = filled(condition.right ?? null, scope);
  const empty = left === null || left === '' || (typeof left === 'object' && Object.keys(left).length === 0);
  switch (condition.operator) {
    case 'equals':
      return JSON.stringify(left) === JSON.stringify(right);
    case 'not_equals':
      return JSON.stringify(left) !== JSON.stringify(right);
    case 'greater':
      return Number(left) > Number(right);
    case 'less':
      return Number(left) < Number(right);
    case 'contains':
      return Array.isArray(left)
        ? left.some((item) => JSON.stringify(item) === JSON.stringify(right))
        : String(left).includes(String(right));
    case 'exists':
      return left !== null;
    case 'empty':
      return empty;
  }
}

async function write(step: WorkflowStep, scope: Scope, context: CallContext): Promise<Value> {
  const content = filled(step.content ?? '', scope);
  const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`;
  const written = await context.folders.writeText(String(filled(step.file ?? '', scope)), text);
  return { file: await shownPath(context, written.path), bytes: written.bytes };
}

async function request(step: WorkflowStep, scope: Scope, run: string, context: CallContext): Promise<Value> {
  const method = step.method ?? 'GET';
  const body = step.body === undefined ? undefined : filled(step.body, scope);
  const query = filled(step.query ?? {}, scope) as Record<string, string | number | boolean>;
  // The same step of the same run keeps its key, so that a resumed run does not do it twice where the API knows keys.
  const key = createHash('sha256')
    .update(`${run} ${step.id} ${JSON.stringify(body)}`)
    .digest('hex')
    .slice(0, 32);
  const headers = method === 'POST' || method === 'PATCH' ? { 'idempotency-key': key } : undefined;
  if (step.path === undefined)
    return elsewhere(step, method, filledPath(step.url ?? '', scope), query, body, headers, context);
  const answer = await callApi(context, { method, path: filledPath(step.path, scope), query, body, headers });
  return { status: answer.status, body: answer.body };
}

/** Another granted host: no credentials of the API go there. */
async function elsewhere(
  step: WorkflowStep,
  method: string,
  address: string,
  query: Record<string, string | number | boolean>,
  body: Value | undefined,
  headers: Record<string, string> | undefined,
  context: CallContext,
): Promise<Value> {
  const url = checkedAddress(address, `The url of step “${step.id}”`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  const started = performance.now();
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await context.fetch(url, {
    method,
    ...sent,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    signal: context.signal,
  });
  const answer = await readBody(response);
  await logCall(context, {
    method,
    path: url.pathname,
    status: response.status,
    ms: Math.round(performance.now() - started),
    attempts: triesOf(response),
  });
  if (!response.ok)
    throw new ToolError(`${url.host} answered ${response.status}.`, 'Correct the step, or run again later.');
  return { status: response.status, body: answer };
}
