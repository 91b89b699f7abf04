import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { CrafterError } from '../errors.ts';
import { socketPath } from './protocol.ts';
import type { ServiceHealth, ServiceLine } from './protocol.ts';

/** How often a request is sent again that came when there were too many; each time after the pause that was asked for. */
const mostAgain = 20;

/** Sends a request to the service's socket; rejects with the socket's error when nobody listens. */
export async function send(stateFolder: string, method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<IncomingMessage> {
  for (let again = 0; ; again++) {
    const answer = await sendOnce(stateFolder, method, path, body, signal);
    if (answer.statusCode !== 429 || again === mostAgain) return answer;
    answer.destroy();
    // Not all at the same moment.
    await sleep((Number(answer.headers['retry-after']) || 1) * 1000 * (0.5 + Math.random()), undefined, signal && { signal });
  }
}

function sendOnce(stateFolder: string, method: string, path: string, body: unknown, signal?: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: socketPath(stateFolder), method, path, signal, headers: { 'content-type': 'application/json' } }, resolve);
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Health of a running service; `silent` when it takes the question and gives no answer for 5 seconds, undefined when nobody listens. */
export async function probeService(stateFolder: string): Promise<ServiceHealth | 'silent' | undefined> {
  const signal = AbortSignal.timeout(5000);
  try {
    const answer = await send(stateFolder, 'GET', '/health', undefined, signal);
    let text = '';
    for await (const chunk of answer) text += String(chunk);
    return JSON.parse(text) as ServiceHealth;
  } catch {
    return signal.aborted ? 'silent' : undefined;
  }
}

/** Health of a service that answers, or undefined when there is none. */
export async function serviceHealth(stateFolder: string): Promise<ServiceHealth | undefined> {
  const found = await probeService(stateFolder);
  return found === 'silent' ? undefined : found;
}

/**
 * Reads the lines of an answer up to its result.
 * @throws CrafterError as the service reports it, or SERVICE_UNAVAILABLE when the stream breaks off.
 */
export async function readResult(answer: IncomingMessage, onLine: (line: ServiceLine) => void): Promise<unknown> {
  try {
    for await (const text of linesOf(answer)) {
      if (text === '') continue;
      const line = JSON.parse(text) as ServiceLine;
      if ('result' in line) return line.result;
      if ('error' in line) throw new CrafterError(line.error.code, line.error.message, line.error);
      onLine(line);
    }
  } catch (error) {
    if (error instanceof CrafterError) throw error;
    throw brokenOff(error);
  }
  throw brokenOff(undefined);
}

/** Line by line; unlike node:readline not at U+2028 and U+2029 too, which stand in JSON as they are. */
async function* linesOf(answer: IncomingMessage): AsyncGenerator<string> {
  let parts: string[] = [];
  for await (const chunk of answer.setEncoding('utf8') as AsyncIterable<string>) {
    const [first = '', ...more] = chunk.split('\n');
    parts.push(first);
    for (const line of more) {
      yield parts.join('');
      parts = [line];
    }
  }
  yield parts.join('');
}

function brokenOff(cause: unknown): CrafterError {
  return new CrafterError('SERVICE_UNAVAILABLE', 'The mcp-crafter service stopped answering.', {
    hint: 'Run the command again; the service starts on demand and goes on with unfinished builds. Its log is logs/_service.log in the state folder.',
    cause,
  });
}
