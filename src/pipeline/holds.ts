/** What runs with the grants of a server holds on to its signal: that is how all of it ends when grants are taken back. */
export interface Holds {
  /** Ends the next time anything is taken back from the server, or it is deleted. */
  signal(server: string): AbortSignal;
  end(server: string): void;
}

export function createHolds(): Holds {
  const held = new Map<string, AbortController>();
  return {
    signal(server) {
      const controller = held.get(server) ?? new AbortController();
      held.set(server, controller);
      return controller.signal;
    },
    end(server) {
      held.get(server)?.abort();
      held.delete(server);
    },
  };
}
