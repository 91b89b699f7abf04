import { ToolError } from '#runtime/errors.ts';
import { triesOf } from '#runtime/limited-fetch.ts';
import { bearerSource, type CallContext } from './bearer.ts';
import { logCall } from './call-log.ts';
import { addressSetting, optionalSetting } from './settings.ts';
import { ApiError, readBody, saidWhat, nextStep } from './api-answer.ts';
import type { ApiAnswer } from './api-answer.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Relative to API_BASE_URL, or a full address below it. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Calls the API at API_BASE_URL with the server's credentials, and logs the call.
 * A refused access token is renewed once.
 * @throws ApiError for an answer other than 2xx; ToolError when the API is not set up or cannot be reached.
 */
export async function callApi(context: CallContext, request: ApiRequest): Promise<ApiAnswer> {
  const url = apiUrl(addressSetting(context, 'API_BASE_URL'), request);
  const token = await bearerSource()?.token(context);
  const first = await send(context, request, url, token);
  if (first.status !== 401 || token === undefined) return accepted(first, request);
  const renewed = await bearerSource()?.renew(context, token);
  return accepted(renewed === undefined ? first : await send(context, request, url, renewed), request);
}

/** Address of a request; never outside the API's own origin and base path. */
export function apiUrl(base: URL, request: Pick<ApiRequest, 'path' | 'query'>): URL {
  const root = new URL(base.href.replace(/[?#].*$/, '').replace(/\/*$/, '/'));
  const whole = /^https?:/i.test(request.path) || request.path.startsWith(root.pathname);
  const url = new URL(whole ? request.path.replace(/^\/+/, '/') : `./${request.path.replace(/^\/+/, '')}`, root);
  const dotted = /(^|\/)(\.|%2e){2}(\/|$)/i.test(request.path.split(/[?#]/)[0] ?? '');
  if (url.origin !== root.origin || dotted || !`${url.pathname}/`.startsWith(root.pathname)) {
    throw new ToolError(
      'The path leads outside the API.',
      'Give a path below API_BASE_URL, such as `contacts` or `contacts/42`.',
    );
  }
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, String(value));
  return url;
}

async function send(
  context: CallContext,
  request: ApiRequest,
  url: URL,
  token: string | undefined,
): Promise<ApiAnswer> {
  const started = performance.now();
  const entry = { method: request.method, path: url.pathname };
  const ms = () => Math.round(performance.now() - started);
  try {
    const response = await context.fetch(url, {
      method: request.method,
      headers: headersFor(context, request, token),
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      redirect: 'manual',
      signal: context.signal,
    });
    const body = await readBody(response);
    await logCall(context, { ...entry, status: response.status, ms: ms(), attempts: triesOf(response) });
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    const known = error instanceof ToolError;
    await logCall(context, { ...entry, ms: ms(), attempts: 1, error: known ? error.message : 'no answer' });
    if (known || context.signal.aborted) throw error;
    throw new ToolError(
      `The API at ${url.host} could not be reached.`,
      'Check API_BASE_URL, that the host is granted, and that the API is up; then call again.',
    );
  }
}

function headersFor(context: CallContext, request: ApiRequest, token: string | undefined): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json', ...request.headers };
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  if (token !== undefined) return { ...headers, authorization: `Bearer ${token}` };
  const key = optionalSetting(context, 'API_KEY');
  if (key === undefined) return headers;
  const name = optionalSetting(context, 'API_KEY_HEADER')?.toLowerCase() ?? 'authorization';
  return { ...headers, [name]: name === 'authorization' ? `Bearer ${key}` : key };
}

function accepted(answer: ApiAnswer, request: ApiRequest): ApiAnswer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  const said = saidWhat(answer.body);
  const what = `The API answered ${answer.status} to ${request.method} ${request.path.split('?')[0]}${said === '' ? '.' : `: ${said}`}`;
  throw new ApiError(answer.status, what, nextStep(answer), answer.body);
}
