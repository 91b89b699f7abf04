import { endpointFetch, endpointHeaders } from './fetch.ts';
import type { Endpoint } from './types.ts';
import type { Channel } from './channel.ts';
import { parseMessage } from './message.ts';
import type { Message } from './message.ts';

export function httpChannel(endpoint: Extract<Endpoint, { kind: 'http' }>): Channel {
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
