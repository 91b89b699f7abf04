import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Recorded {
  readonly method: string;
  /** Path and query, as on the wire. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What the mock answers; `{}` as JSON unless it is told. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An HTTP server on the loopback address that keeps what it was sent. `/__token` gives an OAuth token. */
export interface Mock extends AsyncDisposable {
  readonly port: number;
  /** Requests since the last call of `take`, without those for a token. */
  take(): Recorded[];
  answer(with_: Answer): void;
}

export async function startMock(): Promise<Mock> {
  let requests: Recorded[] = [];
  let answer: Answer = {};
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = request.url ?? '';
      if (url.startsWith('/__token')) {
        response.setHeader('content-type', 'application/json');
        response.end('{"access_token":"tok_test_123","token_type":"bearer","expires_in":3600}');
        return;
      }
      requests.push({ method: request.method ?? '', url, headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
      response.end(answer.body ?? '{}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    take: () => {
      const taken = requests;
      requests = [];
      return taken;
    },
    answer: (with_) => {
      answer = with_;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
