import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as overHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as overTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Endpoint } from '../../client/index.ts';

export interface Relay {
  /** Where the server answers without its token. It holds a secret: whoever knows it may call the server. */
  readonly url: string;
  close(): Promise<void>;
}

/** Lets a program that knows nothing of tokens and sockets speak with a server, on a loopback port of its own. */
export async function openRelay(endpoint: Extract<Endpoint, { kind: 'http' }>): Promise<Relay> {
  const target = new URL(endpoint.url);
  const path = `/${randomBytes(16).toString('hex')}${target.pathname}`;
  const relay = createServer((request, response) => {
    const given = request.url?.split('?', 1)[0];
    if (given !== path) return void response.writeHead(404).end();
    const onward = (target.protocol === 'https:' ? overTls : overHttp)({
      ...(endpoint.socketPath === undefined
        ? { host: target.hostname.replace(/^\[|\]$/g, ''), port: target.port }
        : { socketPath: endpoint.socketPath }),
      path: `${target.pathname}${target.search}`,
      method: request.method,
      headers: headersFor(request, target, endpoint.token),
      setHost: false,
    });
    onward.on('response', (answer) => {
      // What is thrown here, for a status that is none, would end this process.
      try {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
      } catch {
        onward.destroy();
        return void response.destroy();
      }
      answer.on('error', () => response.destroy()).pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  // Of connections that could not be taken, for want of open files.
  relay.on('error', () => {});
  return {
    url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}${path}`,
    async close() {
      const closed = once(relay, 'close');
      relay.close();
      relay.closeAllConnections();
      await closed;
    },
  };
}

/** Names of this relay become the server's; others, which the suite tries on purpose, go through as they are. */
function headersFor(request: IncomingMessage, target: URL, token: string | undefined): IncomingHttpHeaders {
  const { host, origin } = request.headers;
  const own = `127.0.0.1:${request.socket.localPort}`;
  return {
    ...request.headers,
    ...(host === own && { host: target.host }),
    ...(origin === `http://${own}` && { origin: target.origin }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
}
