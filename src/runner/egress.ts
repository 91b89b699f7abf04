import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Grants } from '../spec/index.ts';
import { judge } from './destination.ts';
import type { Destination } from './destination.ts';
import { checkSocketPath } from './paths.ts';
import { forward } from './egress-forward.ts';
import { tunnel } from './egress-tunnel.ts';

const MAX_CONNECTIONS = 256;
const MAX_REFUSED = 100;
export interface EgressProxy {
  /** Unix socket for `SandboxOptions.egressSocket`. */
  readonly socketPath: string;
  /** `host:port` of what was refused, each once, the first 100. */
  refusedHosts(): readonly string[];
  close(): Promise<void>;
}

/** The only way out of a sandbox: an HTTP proxy (CONNECT and absolute URLs) that lets through what is granted. */
export async function startEgressProxy(config: {
  readonly grants: Grants;
  readonly runFolder: string;
}): Promise<EgressProxy> {
  const socketPath = checkSocketPath(join(config.runFolder, `e-${randomBytes(4).toString('hex')}.sock`));
  const refused = new Set<string>();
  const gate: Gate = {
    async open(destination) {
      const verdict = await judge(config.grants.hosts, destination);
      if ('refused' in verdict && refused.size < MAX_REFUSED) refused.add(`${destination.host}:${destination.port}`);
      return verdict;
    },
  };
  const server = createServer((request, response) => void forward(gate, request, response));
  server.on('connect', (request, socket, head) => void tunnel(gate, request, socket, head));
  server.on('clientError', (_error, socket) => socket.destroy());
  server.maxConnections = MAX_CONNECTIONS;
  const sockets = trackSockets(server);
  server.listen(socketPath);
  await once(server, 'listening');
  // Only who reaches the folder reaches the socket; inside the sandbox that is another user.
  await chmod(socketPath, 0o666);
  return {
    socketPath,
    refusedHosts: () => [...refused],
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      await rm(socketPath, { force: true });
    },
  };
}

export interface Gate {
  open(destination: Destination): ReturnType<typeof judge>;
}

function trackSockets(server: Server): Set<Duplex> {
  const sockets = new Set<Duplex>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return sockets;
}
