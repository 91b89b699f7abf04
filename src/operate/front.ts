import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { CrafterError } from '../errors.ts';

/** Any program of this machine may make them, and each takes two of this process's open files. */
const mostConnections = 256;

/** A loopback port that leads to whatever unix socket stands behind it at the moment. */
export interface Front {
  readonly port: number;
  close(): void;
}

/**
 * @param behind the current socket, asked for each connection; undefined while there is none.
 * @throws CrafterError PORT_TAKEN when another program listens there.
 */
export function openFront(port: number, behind: () => string | undefined): Promise<Front> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (incoming) => {
    const path = behind();
    if (path === undefined) return void incoming.destroy();
    const outgoing = connect(path);
    for (const socket of [incoming, outgoing]) {
      open.add(socket);
      socket.on('close', () => {
        open.delete(socket);
        incoming.destroy();
        outgoing.destroy();
      });
      socket.on('error', () => socket.destroy());
    }
    incoming.pipe(outgoing).pipe(incoming);
  });
  server.maxConnections = mostConnections;
  return new Promise((resolve, reject) => {
    // Later ones are of connections that could not be taken, for want of open files.
    server.on('error', (error: NodeJS.ErrnoException) => reject(portTaken(port, error)));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address !== null ? address.port : port,
        close: () => {
          server.close();
          open.forEach((socket) => socket.destroy());
        },
      });
    });
  });
}

function portTaken(port: number, error: NodeJS.ErrnoException): unknown {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  const why = error.code === 'EACCES' ? 'may not be opened by this user' : 'is in use by another program';
  return new CrafterError('PORT_TAKEN', `Port ${port} ${why}.`, {
    hint: 'Give another one with --port, or leave it out to get any free one.',
    problems: [
      { field: 'port', value: String(port), message: why, remedy: 'Choose a port from 1024 to 65535 that is free.' },
    ],
  });
}
