import { randomUUID } from 'node:crypto';
import { ToolError } from '#runtime/errors.ts';
import { triesOf } from '#runtime/limited-fetch.ts';
import { readBody } from '#shared/api-answer.ts';
import type { CallContext } from '#shared/bearer.ts';
import { callLogPath, logCall } from '#shared/call-log.ts';
import type { RecordValue } from '#shared/field-path.ts';
import { checkedAddress } from '#shared/settings.ts';
import { sign } from './webhook-signature.ts';

export interface WebhookSenderInput {
  event: string;
  data: RecordValue;
  url?: string;
  id?: string;
  dry_run?: boolean;
}

export interface WebhookSenderOutput {
  id: string;
  delivered: boolean;
  dry_run: boolean;
  bytes: number;
  call_log: string;
  status?: number;
}

/** Sends an event as a signed POST request. Repeats carry the same id, so that a receiver can leave out doubles. */
export async function sendWebhook(args: WebhookSenderInput, context: CallContext): Promise<WebhookSenderOutput> {
  const url = checkedAddress(args.url ?? context.secret('WEBHOOK_URL'), args.url === undefined ? 'WEBHOOK_URL' : 'url');
  const id = args.id ?? `msg_${randomUUID()}`;
  const now = new Date();
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const body = JSON.stringify({ type: args.event, timestamp: now.toISOString(), data: args.data });
  const signature = sign(context.secret('WEBHOOK_SECRET'), id, timestamp, body);
  const sent = { id, bytes: Buffer.byteLength(body), call_log: callLogPath };
  if (args.dry_run === true) {
    await logCall(context, { method: 'POST', path: url.pathname, ms: 0, attempts: 0, dryRun: true });
    return { ...sent, delivered: false, dry_run: true };
  }
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  const status = await deliver(context, url, body, {
    ...headers,
    'content-type': 'application/json',
    'idempotency-key': id,
  });
  return { ...sent, delivered: true, dry_run: false, status };
}

async function deliver(context: CallContext, url: URL, body: string, headers: Record<string, string>): Promise<number> {
  const started = performance.now();
  const entry = () => ({ method: 'POST', path: url.pathname, ms: Math.round(performance.now() - started) });
  const response = await context
    .fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal: context.signal })
    .catch(async (error: unknown) => {
      await logCall(context, {
        ...entry(),
        attempts: 1,
        error: error instanceof ToolError ? error.message : 'no answer',
      });
      if (error instanceof ToolError || context.signal.aborted) throw error;
      throw new ToolError(
        `${url.host} could not be reached.`,
        'Check the address and that its host is granted; then send again with the same `id`.',
      );
    });
  await readBody(response, 1_000_000);
  await logCall(context, { ...entry(), status: response.status, attempts: triesOf(response) });
  if (response.ok) return response.status;
  const again = response.status === 429 || response.status >= 500;
  throw new ToolError(
    `The receiver answered ${response.status}.`,
    again ? 'Send again later with the same `id`.' : 'Check the address and what the receiver expects.',
  );
}
