import { ToolError } from './errors.ts';

/** Of a request, what says whether it may be sent twice. */
export interface Repeatable {
  readonly method: string;
  readonly headers: Headers;
}

/** A longer Retry-After is the caller's to wait for. */
const maxWaitSeconds = 30;
/** Idempotent by their registration (IANA, HTTP Method Registry), of those that APIs use. */
const repeatable = new Set(
  'GET HEAD OPTIONS TRACE QUERY PUT DELETE COPY LINK MKCOL MOVE PROPFIND PROPPATCH REPORT SEARCH UNLINK'.split(' '),
);

/** Seconds to wait before another attempt, or undefined when there is to be none. */
export function secondsToWait(outcome: Response | Error, request: Repeatable, attempt: number): number | undefined {
  const backoff = 0.25 * 2 ** attempt;
  // What was refused on the way stays so.
  const { code } = outcome as NodeJS.ErrnoException;
  if (outcome instanceof ToolError || code === 'ERR_PROXY_TUNNEL' || isUntrusted(code)) return undefined;
  if (outcome instanceof Error) return isRepeatable(request) && outcome.name !== 'AbortError' ? backoff : undefined;
  // A request over the limit was not looked at; what failed may have been done in part.
  const again = outcome.status === 429 || (outcome.status >= 500 && outcome.status !== 501 && isRepeatable(request));
  if (!again) return undefined;
  const seconds = retryAfter(outcome.headers.get('retry-after')) ?? backoff;
  return seconds <= maxWaitSeconds ? seconds : undefined;
}

/** An idempotency key makes any request safe to repeat. */
function isRepeatable({ method, headers }: Repeatable): boolean {
  return repeatable.has(method) || headers.has('idempotency-key');
}

/** Seconds of a Retry-After header: a number or a date (RFC 9110, 10.2.3). */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

/** Whether a certificate's chain ends in no authority known here (X509_V_ERR_… of OpenSSL, as Node names them). */
export function isUntrusted(code: string | undefined): boolean {
  return /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY|GET_ISSUER)_)/.test(code ?? '');
}
