import type { Readable, Writable } from 'node:stream';
import type { JSONRPCMessage, ReadBuffer, Transport } from '@modelcontextprotocol/client';
import { MAX_REPLY_BYTES } from './fetch.ts';
import { tellNoise } from './noise.ts';
import { wholeLines } from './whole-lines.ts';

/** The protocol over the standard streams of a process that somebody else started, and ends. */
export async function streamTransport(
  stdin: Writable,
  stdout: Readable,
  onNoise?: (line: string) => void,
): Promise<Transport> {
  const { ReadBuffer, serializeMessage } = await import('@modelcontextprotocol/client');
  const buffer = new ReadBuffer({ maxBufferSize: MAX_REPLY_BYTES });
  const listeners: [string, (value: never) => void][] = [];
  const transport: Transport = {
    async start() {
      listeners.push(
        [
          'data',
          wholeLines(MAX_REPLY_BYTES, (bytes) => {
            if (onNoise !== undefined) tellNoise(bytes, onNoise);
            receive(transport, buffer, bytes);
          }),
        ],
        ['end', () => transport.onclose?.()],
        ['close', () => transport.onclose?.()],
        ['error', (error: Error) => transport.onerror?.(error)],
      );
      for (const [name, listener] of listeners) stdout.on(name, listener as (value: unknown) => void);
    },
    send(message) {
      return new Promise((resolve, reject) => {
        stdin.write(serializeMessage(message), (error) => (error ? reject(error) : resolve()));
      });
    },
    async close() {
      for (const [name, listener] of listeners.splice(0)) stdout.off(name, listener as (value: unknown) => void);
      stdin.end();
      stdout.resume();
      transport.onclose?.();
    },
  };
  return transport;
}

function receive(transport: Transport, buffer: ReadBuffer, chunk: Buffer): void {
  try {
    buffer.append(chunk);
  } catch (error) {
    transport.onerror?.(error as Error);
    void transport.close();
    return;
  }
  for (;;) {
    let message: JSONRPCMessage | null;
    try {
      message = buffer.readMessage();
    } catch (error) {
      transport.onerror?.(error as Error);
      continue;
    }
    if (message === null) return;
    transport.onmessage?.(message);
  }
}
