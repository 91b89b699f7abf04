import { request } from 'node:http';
import type { Endpoint } from '../../client/index.ts';
import type { ProtocolLook } from '../../spec/index.ts';

type HttpEndpoint = Extract<Endpoint, { kind: 'http' }>;

const greeting = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'mcp-crafter', version: '1' } },
});

/** Whether a server on loopback keeps out pages of the web (Host, Origin) and those without its token. */
export async function lookAtProtection(endpoint: HttpEndpoint): Promise<ProtocolLook[]> {
  const token: Record<string, string> = endpoint.token === undefined ? {} : { authorization: `Bearer ${endpoint.token}` };
  const tries: [name: string, headers: Record<string, string>, what: string][] = [
    ['host', { ...token, host: 'attacker.example' }, 'a foreign Host'],
    ['origin', { ...token, origin: 'https://attacker.example' }, 'a foreign Origin'],
    ['token_missing', {}, 'a request without the token'],
    ['token_wrong', { authorization: 'Bearer wrong' }, 'a request with a wrong token'],
  ];
  return Promise.all(
    tries.map(async ([name, headers, what]): Promise<ProtocolLook> => {
      const status = await post(endpoint, headers);
      const passed = status >= 400 && status < 500;
      return {
        case: `http/${name}`,
        passed,
        severity: 'error',
        message: passed ? `It refuses ${what} (${status}).` : `It answers ${status || 'nothing'} to ${what}.`,
        ...(!passed && { remedy: 'Check Host, Origin and the bearer token before anything else.' }),
      };
    }),
  );
}

/** HTTP status of the answer, 0 when there is none. */
function post(endpoint: HttpEndpoint, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const url = new URL(endpoint.url);
    const target = endpoint.socketPath === undefined ? { host: url.hostname, port: url.port } : { socketPath: endpoint.socketPath };
    const sent = request(
      {
        ...target,
        path: url.pathname,
        method: 'POST',
        timeout: 5000,
        headers: { host: 'localhost', 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      },
      (response) => {
        response.destroy();
        resolve(response.statusCode ?? 0);
      },
    );
    sent.on('error', () => resolve(0));
    sent.on('timeout', () => sent.destroy());
    sent.end(greeting);
  });
}
