import type { SecretContext, ToolContext } from '#runtime/context.ts';
import { ToolError } from '#runtime/errors.ts';
import { equal, sign, signBody } from './webhook-signature.ts';

export interface WebhookVerifierInput {
  body: string;
  headers: Record<string, string>;
  tolerance_seconds?: number;
}

export interface WebhookVerifierOutput {
  valid: boolean;
  scheme: 'standard' | 'github';
  reason: string;
  id?: string;
  sent_at?: string;
}

/** Tells whether a webhook that was received was signed with WEBHOOK_SECRET, unchanged and not long ago. */
export async function verifyWebhook(
  args: WebhookVerifierInput,
  context: ToolContext & SecretContext,
): Promise<WebhookVerifierOutput> {
  const headers = new Map(Object.entries(args.headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
  const github = headers.get('x-hub-signature-256');
  if (github !== undefined && !headers.has('webhook-signature')) {
    const id = headers.get('x-github-delivery');
    const valid = equal(github, signBody(context.secret('WEBHOOK_SECRET'), args.body));
    return {
      valid,
      scheme: 'github',
      reason: valid
        ? 'The signature fits. This scheme has no time, so an old message sent again looks the same.'
        : wrong,
      ...(id === undefined ? {} : { id }),
    };
  }
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headers.get(name),
  );
  if (id === undefined || timestamp === undefined || signatures === undefined) {
    throw new ToolError(
      'The headers of a signed webhook are missing.',
      'Pass webhook-id, webhook-timestamp and webhook-signature (or x-hub-signature-256) as they were received.',
    );
  }
  return standard(args, context.secret('WEBHOOK_SECRET'), id, timestamp, signatures);
}

const wrong = 'The signature does not fit: another secret, or the body was changed.';

function standard(
  args: WebhookVerifierInput,
  secret: string,
  id: string,
  timestamp: string,
  signatures: string,
): WebhookVerifierOutput {
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  const answer = {
    scheme: 'standard',
    id,
    ...(Number.isNaN(seconds) ? {} : { sent_at: new Date(seconds * 1000).toISOString() }),
  } as const;
  const expected = sign(secret, id, timestamp, args.body);
  // Several signatures stand side by side while a secret is being replaced.
  if (
    !signatures
      .split(/\s+/)
      .slice(0, 20)
      .some((signature) => equal(signature, expected))
  )
    return { ...answer, valid: false, reason: wrong };
  const age = Date.now() / 1000 - seconds;
  const tolerance = args.tolerance_seconds ?? 300;
  if (!(Math.abs(age) <= tolerance)) {
    const when = age > 0 ? `${Math.round(age)} seconds old` : 'from the future';
    return {
      ...answer,
      valid: false,
      reason: `The signature fits, but the message is ${when}; ${tolerance} seconds are allowed.`,
    };
  }
  return { ...answer, valid: true, reason: 'The signature fits and the message is recent.' };
}
