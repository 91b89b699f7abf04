import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SentRequest } from './judge-request.ts';
import type { Reply } from './sample-answer.ts';

/** A stand-in for an API on this machine: keeps what it receives, answers what it is told to. */
export interface MockApi {
  readonly origin: string;
  answer(reply: Reply): void;
  /** Requests since this was last asked. */
  requests(): SentRequest[];
  close(): Promise<void>;
}

export async function startMockApi(): Promise<MockApi> {
  let reply: Reply = { status: 204, body: '' };
  let received: SentRequest[] = [];
  const server = createServer((request, response) => {
    void read(request).then((sent) => {
      received.push(sent);
      response.writeHead(reply.status, reply.type === undefined ? {} : { 'content-type': reply.type });
      response.end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (next) => void (reply = next),
    requests() {
      const since = received;
      received = [];
      return since;
    },
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

async function read(request: IncomingMessage): Promise<SentRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return { method: request.method ?? '', url: request.url ?? '', headers, body: Buffer.concat(chunks) };
}
