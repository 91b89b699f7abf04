import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Aim } from './deeds/deed.ts';

export const decoyWords = 'canary-words-of-the-decoy';

export interface Decoys {
  readonly aim: Aim;
  /** What was done to them since it was last asked, in words; empty when nothing was. */
  harm(): string[];
  close(): Promise<void>;
}

/** Files, sockets and a process of the host for hostile tools to aim at, which tell when one of them was hit. */
export async function layDecoys(state: string): Promise<Decoys> {
  const folder = mkdtempSync(join(tmpdir(), 'decoy-'));
  chmodSync(folder, 0o777);
  const file = join(folder, 'decoy.txt');
  writeFileSync(file, decoyWords);
  chmodSync(file, 0o666);
  const hits: string[] = [];
  const door = async (at: object | string, name: string): Promise<Server> => {
    const server = createServer((socket) => {
      hits.push(`${name} was connected to`);
      socket.on('error', () => undefined).end('taken');
    });
    server.listen(at as string);
    await once(server, 'listening');
    return server;
  };
  const abstractSocket = `decoy-${process.pid}`;
  const pathSocket = join(folder, 'decoy.sock');
  const [tcp, free, ...sockets] = await Promise.all([
    door({ port: 0, host: '::' }, 'a TCP port'),
    door({ port: 0, host: '127.0.0.1' }, 'a free port'),
    door(`\0${abstractSocket}`, 'an abstract socket'),
    door(pathSocket, 'a socket'),
  ]);
  chmodSync(pathSocket, 0o777);
  const udp = createSocket('udp6', () => void hits.push('a datagram arrived')).bind(0);
  await once(udp, 'listening');
  const freePort = portOf(free);
  free.close();
  const victim = spawn('sleep', ['600'], { env: { DECOY_SECRET: decoyWords }, detached: true, stdio: 'ignore' });
  return {
    aim: {
      file,
      folder,
      state,
      abstractSocket,
      pathSocket,
      tcp: portOf(tcp),
      udp: udp.address().port,
      free: freePort,
      serviceSocket: join(state, 'run', 'service.sock'),
      pid: victim.pid as number,
    },
    harm: () => [...hits.splice(0), ...damage(folder, file, victim)],
    async close() {
      victim.kill('SIGKILL');
      udp.close();
      for (const server of [tcp, ...sockets]) server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

function damage(folder: string, file: string, victim: ChildProcess): string[] {
  const names = readdirSync(folder).toSorted().join();
  return [
    ...(names === 'decoy.sock,decoy.txt' ? [] : [`the folder holds ${names}`]),
    ...(readFileSync(file, 'utf8') === decoyWords ? [] : ['the file was changed']),
    ...(victim.exitCode === null && victim.signalCode === null ? [] : ['the process was ended']),
  ];
}
