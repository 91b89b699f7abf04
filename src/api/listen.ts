import { createAdaptorServer } from '@hono/node-server';
import type { Server } from 'node:http';
import { CrafterError } from '../errors.ts';
import type { createApp } from './app.ts';
import type { HttpAddress } from './http-address.ts';

/** For headers, and for a whole request with its body; answers may take as long as their builds. */
const bounds = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
};

/**
 * Serves an app at a socket's path or an address.
 * @throws CrafterError PORT_TAKEN, INVALID_INPUT for a host that is none of this machine.
 */
export function listen(app: ReturnType<typeof createApp>, where: string | HttpAddress): Promise<Server> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    serverOptions: bounds,
  }) as Server;
  server.maxConnections = 1_000;
  return new Promise((resolve, reject) => {
    // Later ones are of connections that could not be taken, for want of open files.
    server.on('error', (error: NodeJS.ErrnoException) =>
      reject(typeof where === 'string' ? error : notThere(where, error)),
    );
    server.listen(typeof where === 'string' ? { path: where } : where, () => resolve(server));
  });
}

function notThere({ host, port }: HttpAddress, error: NodeJS.ErrnoException): CrafterError {
  const code = error.code === 'EADDRINUSE' || error.code === 'EACCES' ? 'PORT_TAKEN' : 'INVALID_INPUT';
  return new CrafterError(code, `The service cannot listen at ${host}, port ${port} (${error.code}).`, {
    hint: 'Name a free port, and a host that is this machine: mcp-crafter serve --http 8080',
    cause: error,
  });
}
