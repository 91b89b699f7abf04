import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { HostGrant } from '../spec/index.ts';
import { mayConnect } from './addresses.ts';

export interface Destination {
  readonly host: string;
  readonly port: number;
}

/** Every address that a name has. */
export type Lookup = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const lookupAll: Lookup = (host) => lookup(host, { all: true });

export type Verdict = { readonly address: string; readonly family: number } | { readonly refused: string };

/** Reads `host:port` as CONNECT gives it; undefined when it is none. */
export function parseAuthority(authority: string): Destination | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:@/\s]+)):(\d{1,5})$/i.exec(authority);
  const port = Number(match?.[3]);
  if (match === null || port < 1 || port > 65_535) return undefined;
  return { host: normalizeHost(match[1] ?? match[2] ?? ''), port };
}

/**
 * Whether a host stands for a place in the user's own network by the way it is written: an address, or a name that
 * public DNS does not have.
 */
export function isPrivateName(host: string): boolean {
  if (isIP(host) !== 0) return !mayConnect(host, false);
  return !host.includes('.') || /\.(localhost|local|internal)$/.test(host);
}

/** Whether any grant opens a host; metadata and link-local addresses stay closed. What a name leads to shows later. */
export const mayBeReached = (host: string): boolean => isIP(host) === 0 || mayConnect(host, true);

/** Lower case, without brackets and the dot of the root. */
export const normalizeHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');

function findGrant(grants: readonly HostGrant[], { host, port }: Destination): HostGrant | undefined {
  return grants.find((grant) => grant.port === port && matches(normalizeHost(grant.host), host));
}

/** `*.example.com` stands for exactly one label before the rest. */
function matches(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === host;
  const rest = pattern.slice(1);
  const label = host.slice(0, -rest.length);
  return host.endsWith(rest) && label !== '' && !label.includes('.');
}

/**
 * Decides about a connection before any is made: the host must be granted, and every address its name has now must be
 * one that may be reached. The answer is the very address to connect to, so that the name cannot change in between.
 */
export async function judge(
  grants: readonly HostGrant[],
  destination: Destination,
  look: Lookup = lookupAll,
): Promise<Verdict> {
  const grant = findGrant(grants, destination);
  if (grant === undefined) return { refused: 'this host and port are not granted' };
  const addresses = await look(destination.host).catch(() => []);
  const [first] = addresses;
  if (first === undefined) return { refused: 'the name has no address' };
  if (!addresses.every(({ address }) => mayConnect(address, grant.private))) {
    return { refused: 'the name leads to an address that is not public; grant that address itself to reach it' };
  }
  return first;
}
