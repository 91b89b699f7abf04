import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Grants } from '../spec/index.ts';
import { judge, parseAuthority } from './destination.ts';
import type { Destination } from './destination.ts';
import { checkSocketPath } from './paths.ts';
import { forward } from './egress-forward.ts';

const MAX_CONNECTIONS = 256;
const MAX_REFUSED = 100;
const CONNECT_MS = 30_000;
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

async function tunnel(gate: Gate, request: IncomingMessage, inside: Duplex, head: Buffer): Promise<void> {
  inside.on('error', () => inside.destroy());
  const destination = parseAuthority(request.url ?? '');
  if (destination === undefined) return refuseTunnel(inside, 400, 'not a host and port');
  const verdict = await gate.open(destination);
  if ('refused' in verdict) return refuseTunnel(inside, 403, verdict.refused);
  const outside = connect({ host: verdict.address, port: destination.port, timeout: CONNECT_MS });
  outside.once('connect', () => {
    outside.setTimeout(0);
    inside.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    outside.write(head);
    pipeline(inside, outside, () => {});
    pipeline(outside, inside, () => {});
  });
  outside.once('timeout', () => outside.destroy(new Error('timeout')));
  outside.on('error', () =>
    outside.connecting || outside.bytesRead === 0
      ? refuseTunnel(inside, 502, 'the host did not answer')
      : inside.destroy(),
  );
  inside.on('close', () => outside.destroy());
}

function refuseTunnel(inside: Duplex, status: number, reason: string): void {
  inside.end(`HTTP/1.1 ${status} ${reason}\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n${reason}\n`);
}
