import { request, type ClientRequest } from 'node:http';
import type { Duplex } from 'node:stream';

/** Longest answer that is read, in bytes, and time that one may take, in milliseconds. */
const MOST_BYTES = 4 * 1024 * 1024;
const USUAL_MS = 60_000;

/** A Docker daemon of this machine, spoken to over its socket: Docker Engine API, in the daemon's own newest version. */
export interface Docker {
  readonly socketPath: string;
  /**
   * @param body an object for JSON, bytes for a tar archive.
   * @param milliseconds how long the answer may take; 0: for ever.
   * @returns the parsed answer, undefined where there is none. @throws Error with `status` and the daemon's words.
   */
  ask(method: string, path: string, body?: object, milliseconds?: number): Promise<unknown>;
  /** A stream in both directions, for `attach`. */
  open(path: string): Promise<Duplex>;
}

export const dockerAt = (socketPath: string): Docker => ({
  socketPath,
  ask: (method, path, body, milliseconds = USUAL_MS) => ask(socketPath, method, path, body, milliseconds),
  open: (path) => open(socketPath, path),
});

function ask(socketPath: string, method: string, path: string, body: object | undefined, milliseconds: number) {
  return new Promise<unknown>((resolve, reject) => {
    const bytes = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    const type = Buffer.isBuffer(body) ? 'application/x-tar' : 'application/json';
    const headers = bytes === undefined ? {} : { 'Content-Type': type, 'Content-Length': bytes.length };
    const asked = request({ socketPath, method, path, headers, agent: false });
    const timer = milliseconds === 0 ? undefined : setTimeout(late, milliseconds, asked);
    asked.once('close', () => clearTimeout(timer)).once('error', reject);
    asked.once('response', async (response) => {
      try {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) {
          text += chunk as string;
          if (text.length > MOST_BYTES) throw new Error('Docker answered with more than was asked for.');
        }
        const { statusCode = 0 } = response;
        if (statusCode >= 400) throw refusal(statusCode, text);
        // The import of an image answers in several lines of JSON; nothing in them is wanted.
        resolve(text === '' || method + path.slice(0, 8) === 'POST/images/' ? undefined : JSON.parse(text));
      } catch (error) {
        reject(error as Error);
      }
    });
    asked.end(bytes);
  });
}

const late = (asked: ClientRequest): void => void asked.destroy(new Error('Docker does not answer.'));

function refusal(status: number, text: string): Error {
  const said = /"message":\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  const message = said === undefined ? `status ${status}` : String(JSON.parse(said));
  return Object.assign(new Error(message.slice(0, 500)), { status });
}

function open(socketPath: string, path: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const headers = { Connection: 'Upgrade', Upgrade: 'tcp' };
    const asked = request({ socketPath, method: 'POST', path, headers, agent: false });
    asked.once('error', reject);
    asked.once('response', ({ statusCode = 0 }) => {
      asked.destroy();
      reject(refusal(statusCode, ''));
    });
    asked.once('upgrade', (_response, socket, head) => {
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    asked.end();
  });
}
