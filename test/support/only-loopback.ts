import { Socket } from 'node:net';
import { afterAll, beforeAll, vi } from 'vitest';

const loopback = /^(?:localhost|127\.[\d.]+|\[?(?:::1|::ffff:127\.[\d.]+)\]?)$/;

/**
 * For tests of what must not be reached: where it would be tried all the same, the connection of this process fails
 * before a name is looked up or a packet is sent.
 */
export function onlyLoopback(): void {
  beforeAll(() => {
    const connect = Reflect.get(Socket.prototype, 'connect') as (...words: unknown[]) => Socket;
    vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...words: unknown[]) {
      // As net.connect passes them on: options, a path, or a port and a host. Those of HTTP have an empty path.
      const [to, name] = words.flat() as [{ host?: string; path?: string | null } | number | string, unknown];
      const isSocket = typeof to === 'string' || (typeof to === 'object' && typeof to.path === 'string');
      const host = typeof to === 'object' ? to.host : typeof name === 'string' ? name : undefined;
      if (isSocket || loopback.test(host ?? 'localhost')) return connect.apply(this, words);
      return this.destroy(new Error(`${host} is not loopback: a test must not connect there.`));
    });
  });
  afterAll(() => void vi.restoreAllMocks());
}
