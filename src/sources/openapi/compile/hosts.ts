import type { Api, ApiServer, HostGrant, Tool } from '../../../spec/index.ts';
import { isPrivate, mayOpen } from '../../grants.ts';

export interface Hosts {
  readonly granted: HostGrant[];
  /** Those in the user's own network that the user did not type. */
  readonly refused: string[];
  /** Addresses that no grant opens. */
  readonly closed: string[];
  /** Other hosts than the document's, to which operations of their own server would take its credentials. */
  readonly apart: string[];
}

/** What is called with what: decides which hosts may be granted unasked. */
export interface HostsAsked {
  /** Base address that the user typed; it is meant, wherever it lies. */
  readonly typed?: string | undefined;
  /** All servers of the document's root. */
  readonly documentServers: readonly Pick<ApiServer, 'url' | 'variables'>[];
  readonly tools: readonly Tool[];
}

/**
 * Hosts that calls go to: of the servers and of the places where tokens are had. Left to the user are those in the
 * user's own network, and those that only a path or an operation names where credentials would go along: one
 * entry in a long document is not to decide who is handed them.
 */
export function hostsOf(api: Pick<Api, 'servers' | 'security' | 'passCredentials'>, asked: HostsAsked): Hosts {
  const granted = new Map<string, HostGrant>();
  const refused = new Set<string>();
  const closed = new Set<string>();
  const apart = new Set<string>();
  const trusted = new Set(
    [...api.servers.slice(0, 1), ...asked.documentServers].flatMap((server) =>
      addresses(server).flatMap((url) => grantOf(url)?.host ?? []),
    ),
  );
  const proven = serversWithCredentials(api, asked.tools);
  const add = (url: string, meant: boolean, asks = false): void => {
    const grant = grantOf(url);
    if (grant === undefined) return;
    const own = isPrivate(grant.host);
    if (!mayOpen(grant.host)) closed.add(shownHost(grant));
    else if (own && !meant) refused.add(shownHost(grant));
    else if (asks && !isWithin(trusted, grant.host)) apart.add(shownHost(grant));
    else granted.set(`${grant.host}:${grant.port}`, { ...grant, private: own });
  };
  for (const [index, server] of api.servers.entries())
    for (const url of addresses(server)) add(url, asked.typed !== undefined, proven.has(index));
  for (const url of tokenAddresses(api)) add(absoluteTo(api, url), false);
  for (const grant of granted.values()) for (const set of [refused, apart]) set.delete(shownHost(grant));
  return {
    granted: [...granted.values()].slice(0, 100),
    refused: [...refused].slice(0, 20),
    closed: [...closed].slice(0, 20),
    apart: [...apart].slice(0, 20),
  };
}

/** Indexes of the servers that are called with credentials by some operation. */
function serversWithCredentials(
  { passCredentials }: Pick<Api, 'passCredentials'>,
  tools: readonly Tool[],
): Set<number> {
  return new Set(
    tools.flatMap(({ implementation: call }) =>
      call.kind === 'http' && (passCredentials || call.security.some((one) => Object.keys(one).length > 0))
        ? [call.server]
        : [],
    ),
  );
}

/** Who has a host decides about the names below it. */
const isWithin = (hosts: ReadonlySet<string>, host: string): boolean =>
  hosts.has(host) || [...hosts].some((one) => host.endsWith(`.${one}`));

/** As --allow-host takes it. */
export function shownHost({ host, port }: HostGrant): string {
  const written = host.includes(':') ? `[${host}]` : host;
  return port === 443 ? written : `${written}:${port}`;
}

function tokenAddresses({ security }: Pick<Api, 'security'>): string[] {
  return Object.values(security).flatMap((scheme) => {
    if (scheme.type === 'openIdConnect') return [scheme.discoveryUrl];
    if (scheme.type !== 'oauth2') return [];
    const device = scheme.flow === 'deviceAuthorization' ? scheme.authorizationUrl : undefined;
    return [scheme.tokenUrl, scheme.refreshUrl, device].filter((url) => url !== undefined);
  });
}

/** OAuth addresses may be relative to the server (OpenAPI 3.2, 4.25). */
const absoluteTo = (api: Pick<Api, 'servers'>, url: string): string => {
  const base = api.servers[0]?.url;
  return base !== undefined && URL.canParse(url, base) ? new URL(url, base).href : url;
};

/** The addresses of a server with its variables filled in: by their defaults, and by each value that is listed. */
function addresses({ url, variables }: Pick<ApiServer, 'url' | 'variables'>): string[] {
  const fill = (set: Readonly<Record<string, string>>): string =>
    url.replace(/\{([^{}]+)\}/g, (_all, name: string) => set[name] ?? variables[name]?.default ?? '');
  const authority = url.split('/').slice(0, 3).join('/');
  const listed = Object.entries(variables).filter(([name]) => authority.includes(`{${name}}`));
  const choices = listed.flatMap(([name, { enum: allowed = [] }]) =>
    allowed.slice(0, 40).map((value) => fill({ [name]: value })),
  );
  return [fill({}), ...choices];
}

function grantOf(url: string): HostGrant | undefined {
  const found = /^(https?):\/\/(?:[^/?#@]*@)?(\[[0-9a-f:.]+\]|[^/:?#@]+)(?::(\d{1,5}))?/i.exec(url);
  const host = (found?.[2] ?? '')
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  const port = Number(found?.[3] ?? (found?.[1]?.toLowerCase() === 'http' ? 80 : 443));
  if (
    !/^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9])?$|^[0-9a-f:.]+$/.test(host) ||
    host.length > 253 ||
    port < 1 ||
    port > 65_535
  )
    return undefined;
  return { host, port, private: false };
}
