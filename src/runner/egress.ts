import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Grants, Traffic } from '../spec/index.ts';
import { judge } from './destination.ts';
import type { Destination, Lookup } from './destination.ts';
import { checkSocketPath } from './paths.ts';
import { forward } from './egress-forward.ts';
import { createMeter } from './egress-traffic.ts';
import type { Meter } from './egress-traffic.ts';
import { tunnel } from './egress-tunnel.ts';

const MAX_CONNECTIONS = 256;
const MAX_REFUSED = 100;
/** A client that is slow with its headers, or sends too many, loses its connection. */
const bounds = { maxHeaderSize: 16_384, headersTimeout: 10_000, connectionsCheckingInterval: 2_000 };

export interface EgressProxy {
  /** Unix socket for `SandboxOptions.egressSocket`. */
  readonly socketPath: string;
  /** `host:port` of what was refused, each once, the first 100. */
  refusedHosts(): readonly string[];
  /** What went through it and what it refused, so far. */
  traffic(): Traffic;
  close(): Promise<void>;
}

/** The only way out of a sandbox: an HTTP proxy (CONNECT and absolute URLs) that lets through what is granted. */
export async function startEgressProxy(config: {
  readonly grants: Grants;
  readonly runFolder: string;
  /** Told each refused `host:port` once, the first 100. */
  onRefused?(place: string, reason: string): void;
  /** How names are looked up; the system's way unless given. */
  readonly lookup?: Lookup;
}): Promise<EgressProxy> {
  const socketPath = checkSocketPath(join(config.runFolder, `e-${randomBytes(4).toString('hex')}.sock`));
  const refused = new Set<string>();
  const meter = createMeter();
  const gate: Gate = {
    follow: meter.follow,
    async open(destination) {
      const verdict = await judge(config.grants.hosts, destination, config.lookup);
      const place = `${destination.host}:${destination.port}`;
      if (!('refused' in verdict)) meter.passed(place);
      else {
        meter.refused();
        if (refused.size < MAX_REFUSED && !refused.has(place)) config.onRefused?.(place, verdict.refused);
        if (refused.size < MAX_REFUSED) refused.add(place);
      }
      return verdict;
    },
  };
  const server = createServer(bounds, (request, response) => void forward(gate, request, response));
  server.on('connect', (request, socket, head) => void tunnel(gate, request, socket, head));
  server.on('clientError', (_error, socket) => socket.destroy());
  server.maxConnections = MAX_CONNECTIONS;
  const sockets = trackSockets(server);
  server.listen(socketPath);
  await once(server, 'listening');
  // Of connections that could not be taken, for want of open files.
  server.on('error', () => {});
  // Only who reaches the folder reaches the socket; inside the sandbox that is another user.
  await chmod(socketPath, 0o666);
  return {
    socketPath,
    refusedHosts: () => [...refused],
    traffic: meter.traffic,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      await rm(socketPath, { force: true });
    },
  };
}

export interface Gate extends Pick<Meter, 'follow'> {
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
