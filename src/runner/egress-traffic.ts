import type { Socket } from 'node:net';
import type { Traffic } from '../spec/index.ts';

/** Names told apart; a granted wildcard could stand for any number of them. */
const mostHosts = 200;

export interface Meter {
  /** A connection or request that was let through. */
  passed(place: string): void;
  refused(): void;
  /** Counts the bytes of a connection to the outside, from now until it closes. */
  follow(outside: Socket): void;
  traffic(): Traffic;
}

/** Counts what goes through one server's proxy. */
export function createMeter(): Meter {
  const open = new Set<Socket>();
  const hosts = new Map<string, number>();
  const total = { requests: 0, refused: 0, bytesSent: 0, bytesReceived: 0 };
  const add = (sums: typeof total, socket: Socket): typeof total => ({
    ...sums,
    bytesSent: sums.bytesSent + socket.bytesWritten,
    bytesReceived: sums.bytesReceived + socket.bytesRead,
  });
  return {
    passed(place) {
      total.requests += 1;
      const name = hosts.has(place) || hosts.size < mostHosts ? place : 'others';
      hosts.set(name, (hosts.get(name) ?? 0) + 1);
    },
    refused: () => void (total.refused += 1),
    follow(outside) {
      open.add(outside);
      outside.once('close', () => {
        if (open.delete(outside)) Object.assign(total, add(total, outside));
      });
    },
    traffic: () => ({ ...[...open].reduce(add, total), hosts: Object.fromEntries(hosts) }),
  };
}
