import type { Agent, ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';
import { ToolError } from './errors.ts';
import { nodeHttp } from './node-http.ts';

/**
 * Kept connections for plain http through a proxy at a loopback port, each a tunnel of its own (CONNECT; RFC 9110, 9.3.6):
 * what the proxy refuses cannot be mistaken for the API's answer.
 */
export function tunnelAgent(port: number): Agent {
  const agent = new (nodeHttp().Agent)({ keepAlive: true });
  agent.createConnection = (options, done) => {
    openTunnel(port, options).then(
      (socket) => done?.(null, socket),
      (error: Error) => done?.(error, undefined as never),
    );
    return undefined;
  };
  return agent;
}

async function openTunnel(port: number, { host: name, port: to }: ClientRequestArgs): Promise<Duplex> {
  const host = name ?? 'localhost';
  const authority = `${host.includes(':') ? `[${host}]` : host}:${to}`;
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
  const asked = nodeHttp().request({ host: '127.0.0.1', port, method: 'CONNECT', path: authority, agent: false });
  asked.once('error', reject).once('connect', ({ statusCode, statusMessage }, socket) => {
    if (statusCode === 200) return resolve(socket);
    socket.destroy();
    const said = `${authority} could not be reached: ${statusMessage ?? statusCode}.`;
    // What is not granted stays so; a host that is down may come back.
    reject(
      statusCode === 403
        ? new ToolError(said, 'Grant this server the host, as private if it is.')
        : new Error(statusMessage),
    );
  });
  asked.end();
  return promise;
}
