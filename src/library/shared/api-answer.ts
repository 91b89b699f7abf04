import { ToolError } from '#runtime/errors.ts';
import type { Value } from './field-path.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or text where the answer is no JSON; null when empty. */
  readonly body: Value;
}

/** The API said no. */
export class ApiError extends ToolError {
  readonly status: number;
  readonly body: Value;

  constructor(status: number, what: string, nextStep: string, body: Value) {
    super(what, nextStep);
    this.status = status;
    this.body = body;
  }
}

const largestAnswer = 20_000_000;

/** Reads a JSON or text answer of at most 20 MB. */
export async function readBody(response: Response, largest = largestAnswer): Promise<Value> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > largest)
      throw new ToolError(
        `The answer is larger than ${largest / 1_000_000} MB.`,
        'Ask for less: a filter, or smaller pages.',
      );
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}

/** The API's own words are data: one line, cut. */
export function saidWhat(body: Value): string {
  const record = body !== null && typeof body === 'object' && !Array.isArray(body) ? body : {};
  const words = [record['message'], record['error_description'], record['error'], record['detail']].find(
    (word) => typeof word === 'string',
  );
  return typeof words === 'string' ? words.replace(/\s+/g, ' ').slice(0, 200) : '';
}

export function nextStep(answer: ApiAnswer): string {
  const wait = answer.headers.get('retry-after');
  if (answer.status === 401)
    return 'Sign in again with oauth_authenticator where the server has it, else check API_KEY.';
  if (answer.status === 403) return 'The credentials lack a permission: ask for the scope or role this needs.';
  if (answer.status === 404) return 'Check the path and the id.';
  if (answer.status === 409 || answer.status === 412)
    return 'The record was changed meanwhile: read it again, then decide.';
  if (answer.status === 429)
    return `Too many calls: wait ${wait === null ? 'a while' : `${wait.slice(0, 40)} (seconds or time)`}, then call again.`;
  if (answer.status >= 500) return 'The API has trouble of its own: call again later.';
  if (answer.status >= 300 && answer.status < 400) return 'The API redirects: set API_BASE_URL to where it leads.';
  return 'Correct the request as the API says.';
}
