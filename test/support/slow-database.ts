import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A loopback port in front of a database's unix socket that can hold back what passes. */
export interface SlowDatabase {
  readonly port: number;
  /** Milliseconds by which each portion is late, in both directions; Infinity: nothing passes until it is less. */
  delay: number;
  /** Ends what the database has of all connections; their clients hear nothing of it until the delay is finite again. */
  cut(): void;
  /** Ends what clients have of all connections; the database hears nothing of it until the function given is called. */
  strand(): () => void;
  /** Nothing passes any more on the connections of now, and neither end hears that; new ones work. */
  lose(): void;
  close(): void;
}

export async function slowDatabase(socketPath: string): Promise<SlowDatabase> {
  const [clients, sessions] = [new Set<Socket>(), new Set<Socket>()];
  const waiting = new Set<() => void>();
  const lost = new WeakSet<Socket>();
  let delay = 0;
  let stranded: Promise<void> | undefined;
  const held = (): Promise<void> | undefined =>
    delay === Infinity ? new Promise<void>((done) => waiting.add(done)) : undefined;
  /** In their order: each portion waits for the one before. */
  const pass = (from: Socket, to: Socket): void => {
    let before = Promise.resolve();
    from.on('data', (chunk) => {
      before = before
        .then(held)
        .then(() => (delay === 0 ? undefined : new Promise<void>((done) => setTimeout(done, delay))))
        .then(() => void (lost.has(from) || to.write(chunk)));
    });
    from.on('error', () => undefined);
    from.on('close', () => void before.then(() => (sessions.has(from) ? held() : stranded)).then(() => lost.has(from) || to.destroy()));
  };
  const server = createServer((incoming) => {
    const outgoing = connect(socketPath);
    clients.add(incoming);
    sessions.add(outgoing);
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
    cut() {
      delay = Infinity;
      for (const session of sessions) session.destroy();
    },
    strand() {
      const { promise, resolve } = Promise.withResolvers<void>();
      stranded = promise;
      for (const client of clients) client.destroy();
      return resolve;
    },
    lose() {
      for (const socket of [...clients, ...sessions]) lost.add(socket);
    },
    close() {
      server.close();
      for (const socket of [...clients, ...sessions]) socket.destroy();
    },
  };
}
