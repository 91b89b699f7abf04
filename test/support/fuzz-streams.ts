import type { Readable, Writable } from 'node:stream';
import { resolve } from 'node:path';

const checkout = resolve(import.meta.dirname, '../..');

/** A conversation in lines with a process. */
export interface Talk {
  write(line: string): void;
  /** Resolves when a message with this id has come. @throws Error when the other side closes before. */
  ask(message: object, id: string): Promise<void>;
  /** Lines since this was last asked. */
  seen(): string[];
}

export function inTurn(stdin: Writable, stdout: Readable): Talk {
  let lines: string[] = [];
  let rest = '';
  let closed = false;
  const waiting = new Map<string, { done(): void; fail(error: Error): void }>();
  stdin.on('error', () => undefined);
  stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      lines.push(line);
      for (const [id, { done }] of waiting) if (line.includes(`"id":"${id}"`)) done();
    }
  });
  stdout.once('close', () => {
    closed = true;
    for (const { fail } of waiting.values())
      fail(new Error(`It closed. Last: ${lines.slice(-3).join('\n').slice(0, 1000)}`));
  });
  return {
    write: (line) => void stdin.write(`${line}\n`),
    async ask(message, id) {
      if (closed) throw new Error('It has closed.');
      const answered = new Promise<void>((done, fail) => waiting.set(id, { done, fail }));
      stdin.write(`${JSON.stringify(message)}\n`);
      await answered.finally(() => waiting.delete(id));
    },
    seen: () => lines.splice(0),
  };
}

/** A line that a client may be sent: a message of the protocol that shows nothing of the inside. */
export function saneLine(line: string): void {
  const message = JSON.parse(line) as { jsonrpc?: unknown };
  const all = Array.isArray(message) ? message : [message];
  if (all.some((one: { jsonrpc?: unknown }) => one.jsonrpc !== '2.0'))
    throw new Error(`No message: ${line.slice(0, 500)}`);
  if (/\\n\s+at .{0,200}:\d+:\d+/.test(line) || line.includes(checkout))
    throw new Error(`It shows the inside: ${line.slice(0, 800)}`);
}
