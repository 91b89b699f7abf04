import type { Socket } from 'node:net';
import { expect } from 'vitest';

const [connections, requests] = [10, 100];

/**
 * Sends a request a thousand times, over several connections: of so few on each the other side has read all when it ends the
 * connection, and what it answered is not lost. Gives all answers.
 */
export async function flood(open: () => Socket, request: string): Promise<string> {
  const answers = Array.from({ length: connections }, async () => {
    const socket = open().on('error', () => undefined);
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.write(request.repeat(requests));
    await expect
      .poll(() => socket.destroyed || text.split('HTTP/1.1 ').length > requests, { timeout: 30_000 })
      .toBe(true);
    socket.destroy();
    return text;
  });
  return (await Promise.all(answers)).join('\n');
}
