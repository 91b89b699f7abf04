import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { CrafterError } from '../errors.ts';

/** Any program of this machine may make them, and each takes two of this process's open files. */
const mostConnections = 256;

export interface PortForward {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens on a loopback port and carries each connection to a unix socket.
 * @throws CrafterError PORT_TAKEN.
 */
export async function forwardPort(port: number, socketPath: string): Promise<PortForward> {
  const sockets = new Set<Socket>();
  const server = createServer((outside) => {
    const inside = connect(socketPath);
    for (const [from, to] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      sockets.add(from);
      from.on('close', () => sockets.delete(from));
      from.on('error', () => to.destroy());
      from.pipe(to);
    }
  });
  server.maxConnections = mostConnections;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' || error.code === 'EACCES'
      ? new CrafterError('PORT_TAKEN', `Port ${port} cannot be used: ${error.code}.`, {
          hint: 'Choose another port, or none for any free one.',
        })
      : error;
  });
  // Of connections that could not be taken, for want of open files.
  server.on('error', () => {});
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
