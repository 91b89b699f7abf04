import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { MAX_REPLY_BYTES } from './fetch.ts';
import type { Endpoint } from './types.ts';
import { httpChannel } from './http-channel.ts';
import { parseMessage } from './message.ts';
import type { Message } from './message.ts';
import { wholeLines } from './whole-lines.ts';

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
  const onData = wholeLines(MAX_REPLY_BYTES, (bytes) => {
    rest += decoder.write(bytes);
    if (rest.length > MAX_REPLY_BYTES) stdout.destroy(new Error('a line is larger than 10 MB'));
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = parseMessage(line);
      if (message !== undefined) waiting.get(message.id)?.(message);
      else if (line.trim() !== '' && noise.length < MAX_NOISE) noise.push(line.slice(0, 200));
    }
  });
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
