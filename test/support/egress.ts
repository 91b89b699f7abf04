import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { startEgressProxy } from '../../src/runner/index.ts';
import type { EgressProxy } from '../../src/runner/index.ts';

export type Lookup = NonNullable<Parameters<typeof startEgressProxy>[0]['lookup']>;

/** For tests: a lookup by a table; what is not in it has no address. */
export const lookupIn =
  (table: Readonly<Record<string, readonly string[]>>): Lookup =>
  async (host) =>
    (table[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

/** Sends bytes to a proxy's socket as they are, and gives all that it says until it or `until` ends it. */
export async function sendRaw(proxy: EgressProxy, bytes: string, until?: RegExp): Promise<string> {
  const socket = connect(proxy.socketPath);
  let said = '';
  socket.on('error', () => {});
  socket.setEncoding('latin1').on('data', (text: string) => {
    said += text;
    if (until?.test(said)) socket.destroy();
  });
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  return said;
}

/** Status of an answer as it came. */
export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

/** A loopback server of any protocol, on a free port. */
export async function listenTo(talk: (socket: Socket) => void): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    talk(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
