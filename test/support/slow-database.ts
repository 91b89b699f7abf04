import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A loopback port in front of a database's unix socket that can hold back what passes. */
export interface SlowDatabase {
  readonly port: number;
  /** Milliseconds by which each portion is late, in both directions; Infinity: nothing passes until it is less. */
  delay: number;
  close(): void;
}

export async function slowDatabase(socketPath: string): Promise<SlowDatabase> {
  const open = new Set<Socket>();
  const waiting = new Set<() => void>();
  let delay = 0;
  /** In their order: each portion waits for the one before. */
  const pass = (from: Socket, to: Socket): void => {
    let before = Promise.resolve();
    from.on('data', (chunk) => {
      before = before
        .then(() => (delay === Infinity ? new Promise<void>((done) => waiting.add(done)) : undefined))
        .then(() => (delay === 0 ? undefined : new Promise<void>((done) => setTimeout(done, delay))))
        .then(() => void to.write(chunk));
    });
    from.on('error', () => undefined);
    from.on('close', () => void before.then(() => to.destroy()));
  };
  const server = createServer((incoming) => {
    const outgoing = connect(socketPath);
    for (const socket of [incoming, outgoing]) open.add(socket);
    pass(incoming, outgoing);
    pass(outgoing, incoming);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    get delay() {
      return delay;
    },
    set delay(milliseconds) {
      delay = milliseconds;
      if (delay === Infinity) return;
      for (const go of waiting) go();
      waiting.clear();
    },
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
