import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { MAX_REPLY_BYTES, endpointFetch, endpointHeaders } from './fetch.ts';
import type { Endpoint } from './types.ts';

/** A message as it came; nothing about it is certain. */
export interface Message {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code?: unknown; readonly message?: unknown };
}

export interface Reply {
  /** HTTP only. */
  readonly status?: number;
  readonly headers?: Headers;
  /** The answer to the request; absent when there was none. */
  readonly message?: Message;
}

/** Sends JSON-RPC as written and hands back what comes, without the checks of a client library. */
export interface Channel {
  /** `headers` are for HTTP only. Rejects when no answer comes in time or the connection ends. */
  send(
    message: object,
    options: { readonly headers?: Readonly<Record<string, string>>; readonly signal: AbortSignal },
  ): Promise<Reply>;
  /** What a stdio server printed that is no protocol message, the first few lines. */
  readonly noise: readonly string[];
  close(): void;
}

const MAX_NOISE = 5;

export function openChannel(endpoint: Endpoint): Channel {
  return endpoint.kind === 'stdio' ? streamChannel(endpoint.stdin, endpoint.stdout) : httpChannel(endpoint);
}

function streamChannel(stdin: Writable, stdout: Readable): Channel {
  const waiting = new Map<unknown, (message: Message) => void>();
  const noise: string[] = [];
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const onData = (chunk: Buffer): void => {
    rest += decoder.write(chunk);
    if (rest.length > MAX_REPLY_BYTES) stdout.destroy(new Error('a line is larger than 10 MB'));
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = parseMessage(line);
      if (message !== undefined) waiting.get(message.id)?.(message);
      else if (line.trim() !== '' && noise.length < MAX_NOISE) noise.push(line.slice(0, 200));
    }
  };
  stdout.on('data', onData);
  return {
    noise,
    send(message, { signal }) {
      const { id } = message as Message;
      stdin.write(`${JSON.stringify(message)}\n`);
      if (id === undefined) return Promise.resolve({});
      return new Promise((resolve, reject) => {
        const settle = (finish: () => void): void => {
          waiting.delete(id);
          stdout.off('close', onClose);
          signal.removeEventListener('abort', onAbort);
          finish();
        };
        const onClose = (): void => settle(() => reject(new Error('the server closed its output')));
        const onAbort = (): void => settle(() => reject(new Error('no answer in time')));
        stdout.once('close', onClose);
        signal.addEventListener('abort', onAbort, { once: true });
        waiting.set(id, (reply) => settle(() => resolve({ message: reply })));
        if (stdout.destroyed || stdout.readableEnded) onClose();
        else if (signal.aborted) onAbort();
      });
    },
    close: () => void stdout.off('data', onData),
  };
}

function httpChannel(endpoint: Extract<Endpoint, { kind: 'http' }>): Channel {
  const send = endpointFetch(endpoint);
  return {
    noise: [],
    async send(message, { headers, signal }) {
      const response = await send(endpoint.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...endpointHeaders(endpoint),
          ...headers,
        },
        body: JSON.stringify(message),
        signal,
        redirect: 'manual',
      });
      const reply = { status: response.status, headers: response.headers };
      const found = await readReply(response, (message as Message).id);
      return found === undefined ? reply : { ...reply, message: found };
    },
    close: () => {},
  };
}

/** The message with the wanted id from a JSON body or an event stream; errors about a whole request have no id. */
async function readReply(response: Response, id: unknown): Promise<Message | undefined> {
  if (response.headers.get('content-type')?.includes('text/event-stream') !== true) {
    return parseMessage(await response.text());
  }
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const events = text.split(/\r?\n\r?\n/);
    text = events.pop() ?? '';
    for (const event of events) {
      const data = event
        .split(/\r?\n/)
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5));
      const message = parseMessage(data.join('\n'));
      if (message?.id === id) return message;
    }
  }
  return undefined;
}

function parseMessage(text: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isMessage = typeof value === 'object' && value !== null && 'jsonrpc' in value && value.jsonrpc === '2.0';
    return isMessage ? (value as Message) : undefined;
  } catch {
    return undefined;
  }
}
