import type { Api, HostGrant } from '../../../spec/index.ts';
import { isPrivate } from '../../grants.ts';

/**
 * Hosts that calls go to: of the servers and of the places where tokens are had. Those in the user's own network are
 * left to the user; a base address that the user typed is meant, wherever it lies.
 */
export function hostsOf(
  api: Pick<Api, 'servers' | 'security'>,
  typed: string | undefined,
): { granted: HostGrant[]; refused: string[] } {
  const granted = new Map<string, HostGrant>();
  const refused = new Set<string>();
  const add = (url: string, meant: boolean): void => {
    const grant = grantOf(url);
    if (grant === undefined) return;
    const own = isPrivate(grant.host.replace(/^\*\./, ''));
    if (own && !meant) refused.add(grant.port === 443 ? grant.host : `${grant.host}:${grant.port}`);
    else granted.set(`${grant.host}:${grant.port}`, { ...grant, private: own });
  };
  for (const server of api.servers) for (const url of addresses(server)) add(url, typed !== undefined);
  for (const scheme of Object.values(api.security)) {
    if (scheme.type === 'oauth2')
      for (const url of [
        scheme.tokenUrl,
        scheme.refreshUrl,
        scheme.flow === 'deviceAuthorization' ? scheme.authorizationUrl : undefined,
      ])
        if (url !== undefined) add(absoluteTo(api, url), false);
    if (scheme.type === 'openIdConnect') add(absoluteTo(api, scheme.discoveryUrl), false);
  }
  for (const { host, port } of granted.values()) refused.delete(port === 443 ? host : `${host}:${port}`);
  return { granted: [...granted.values()].slice(0, 100), refused: [...refused].slice(0, 20) };
}

/** OAuth addresses may be relative to the server (OpenAPI 3.2, 4.25). */
const absoluteTo = (api: Pick<Api, 'servers'>, url: string): string => {
  const base = api.servers[0]?.url;
  return base !== undefined && URL.canParse(url, base) ? new URL(url, base).href : url;
};

/** The addresses of a server with its variables filled in; a free first label of the host stands for any. */
function addresses({ url, variables }: Api['servers'][number]): string[] {
  const scheme = /^https?:\/\/(?=[^/]*\{)/i.exec(url)?.[0];
  const free = /^https?:\/\/\{([^{}]+)\}(\.[^/{}:]+\.[^/{}:]+.*)$/i.exec(url);
  const fill = (text: string, set: Readonly<Record<string, string>>): string =>
    text.replace(/\{([^{}]+)\}/g, (_all, name: string) => set[name] ?? variables[name]?.default ?? '');
  if (scheme === undefined && !url.startsWith('{')) return [fill(url, {})];
  if (free?.[1] !== undefined && variables[free[1]]?.enum === undefined)
    return [`${scheme}*${fill(free[2] ?? '', {})}`];
  const listed = Object.entries(variables).filter(([name]) =>
    url.split('/').slice(0, 3).join('/').includes(`{${name}}`),
  );
  const choices = listed.flatMap(([name, { enum: allowed }]) =>
    (allowed ?? []).slice(0, 40).map((value) => fill(url, { [name]: value })),
  );
  return [fill(url, {}), ...choices];
}

function grantOf(url: string): HostGrant | undefined {
  const found = /^(https?):\/\/(?:[^/?#@]*@)?(\[[0-9a-f:.]+\]|[^/:?#@]+)(?::(\d{1,5}))?/i.exec(url);
  const host = (found?.[2] ?? '')
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  const port = Number(found?.[3] ?? (found?.[1]?.toLowerCase() === 'http' ? 80 : 443));
  if (
    !/^(?:\*\.)?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9])?$|^[0-9a-f:.]+$/.test(host) ||
    host.length > 253 ||
    port < 1 ||
    port > 65_535
  )
    return undefined;
  return { host, port, private: false };
}
