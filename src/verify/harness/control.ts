import { connect, type Socket } from 'node:net';
import { takeSocket } from '../../runner/index.ts';

/** Speaks to the preload inside a server under trial. Every answer is undefined when there is no preload to ask. */
export interface Control {
  ask(command: 'heap' | 'requests' | 'mock' | 'answer' | 'sent', value?: unknown): Promise<unknown>;
  close(): void;
}

const patienceMs = 5000;
/** Longest answer taken: ten thousand requests by name. What comes from inside is not to be trusted. */
const mostBytes = 16 * 1024 * 1024;

/**
 * @param made unix socket that the preload listens on, once the server runs; the server can exchange it.
 * @param kept where the host keeps it, out of the server's reach.
 */
export function openControl(made: string, kept: string): Control {
  let opened: Promise<Line | undefined> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  const ask: Control['ask'] = (command, value) => {
    const turn = queue.then(async () => {
      opened ??= openLine(made, kept);
      return (await opened)?.ask(JSON.stringify({ command, value }));
    });
    queue = turn.catch(() => undefined);
    return turn;
  };
  return { ask, close: () => void opened?.then((line) => line?.socket.destroy()) };
}

interface Line {
  readonly socket: Socket;
  ask(text: string): Promise<unknown>;
}

async function openLine(made: string, kept: string): Promise<Line | undefined> {
  if (!(await takeSocket(made, kept).catch(() => false))) return undefined;
  return new Promise((resolve) => {
    const socket = connect(kept);
    socket.once('error', () => resolve(undefined));
    socket.once('connect', () => resolve({ socket, ask: (text) => exchange(socket, text) }));
  });
}

function exchange(socket: Socket, text: string): Promise<unknown> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(undefined), patienceMs);
    // Not node:readline, which ends lines at U+2028 and U+2029 too: they stand in JSON as they are.
    const parts: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      parts.push(chunk);
      if ((size += chunk.length) > mostBytes) return void socket.destroy();
      if (chunk.includes('\n')) end(parse(Buffer.concat(parts).toString().split('\n', 1)[0] ?? ''));
    };
    const gone = (): void => end(undefined);
    const end = (value: unknown): void => {
      clearTimeout(timer);
      socket.off('data', take).off('close', gone);
      resolve(value);
    };
    socket.once('close', gone).on('data', take);
    socket.write(`${text}\n`, (error) => error && end(undefined));
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
