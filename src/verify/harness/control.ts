import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Speaks to the preload inside a server under trial. Every answer is undefined when there is no preload to ask. */
export interface Control {
  ask(command: 'heap' | 'requests' | 'mock', value?: string): Promise<unknown>;
  close(): void;
}

const patienceMs = 5000;

/** @param socketPath unix socket that the preload listens on, once the server runs. */
export function openControl(socketPath: string): Control {
  let opened: Promise<Line | undefined> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  const ask: Control['ask'] = (command, value) => {
    const turn = queue.then(async () => {
      opened ??= openLine(socketPath);
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

function openLine(socketPath: string): Promise<Line | undefined> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('error', () => resolve(undefined));
    socket.once('connect', () => resolve({ socket, ask: (text) => exchange(socket, text) }));
  });
}

function exchange(socket: Socket, text: string): Promise<unknown> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: socket });
    const timer = setTimeout(() => end(undefined), patienceMs);
    const end = (value: unknown): void => {
      clearTimeout(timer);
      lines.close();
      resolve(value);
    };
    const gone = (): void => end(undefined);
    socket.once('close', gone);
    lines.once('line', (line) => {
      socket.off('close', gone);
      end(parse(line));
    });
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
