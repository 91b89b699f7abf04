import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { ToolError } from './errors.ts';
import { nodeHttp, nodeHttps } from './node-http.ts';
import { isReserved } from './own-network.ts';
import { tunnelAgent } from './tunnel.ts';

/** Client certificate and its key, as PEM texts. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

interface Destination {
  readonly certificate?: ClientCertificate;
  readonly ownNetwork: boolean;
}

const agents = new Map<string, Agent>();
const mostAgents = 20;

/** Connections that are kept open between requests: apart by certificate, and by what addresses they may have. */
export function connections(secure: boolean, { certificate, ownNetwork }: Destination): Agent {
  const key = JSON.stringify([secure, ownNetwork, certificate]);
  const open = agents.get(key);
  if (open !== undefined) return open;
  // In the sandbox the only way out is its own proxy.
  const egress = Number(process.env['EGRESS_PORT'] ?? 0);
  const proxied = process.env['NODE_USE_ENV_PROXY'] === '1';
  const options = {
    keepAlive: true,
    // A proxy looks names up itself, and sees to it that they are public.
    ...(proxied ? { proxyEnv: process.env } : ownNetwork ? {} : { lookup: publicLookup }),
    ...certificate,
  };
  const agent = secure
    ? new (nodeHttps().Agent)(options)
    : egress > 0
      ? tunnelAgent(egress)
      : new (nodeHttp().Agent)(options);
  if (agents.size >= mostAgents) agents.delete(agents.keys().next().value!);
  agents.set(key, agent);
  return agent;
}

export const publicLookup: LookupFunction = publicOnly(systemLookup as LookupFunction);

/** Looks a name up and refuses it when an address is not public: the connection goes to the very addresses checked. */
export function publicOnly(lookup: LookupFunction): LookupFunction {
  return (hostname, options: LookupOptions, callback) =>
    lookup(hostname, options, (error, found, family) => {
      const addresses: LookupAddress[] = typeof found === 'string' ? [{ address: found, family: family ?? 4 }] : found;
      if (error === null && addresses.some(({ address }) => isReserved(address))) callback(refusal(hostname), '', 4);
      else callback(error, found, family);
    });
}

function refusal(hostname: string): Error {
  return new ToolError(
    `${hostname} stands for an address that is not public.`,
    'Where that is meant, grant the host as private, or name it in MCP_HOSTS.',
  );
}
