import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signature of a webhook by the Standard Webhooks specification: `v1,` and the base64 of
 * HMAC-SHA256 over `id.timestamp.body`. A secret that begins with `whsec_` is base64 after that.
 */
export function sign(secret: string, id: string, timestamp: string, body: string): string {
  return `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Signature in the manner of GitHub's X-Hub-Signature-256 header: over the body alone, hex. */
export function signBody(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Compares in a time that does not depend on where the texts differ. */
export function equal(a: string, b: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
}
