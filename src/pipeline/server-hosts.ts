import { isIP } from 'node:net';
import type { Blueprint, HostGrant } from '../spec/index.ts';

/**
 * Hosts that the user names by the value of a part of a server's address: `mine` for `https://{shop}.example.com`.
 * A value stands for one label or name and never for an address, so that all of the host was named by document and user.
 */
export function hostsOfValues({ api, environment }: Blueprint, set: Readonly<Record<string, string>>): HostGrant[] {
  const known = new Map(environment.map(({ name, value }) => [name, value]));
  return (api?.servers ?? []).flatMap(({ url, variables }) => {
    const authority = /^https?:\/\/[^/]*\{[^/]*/i.exec(url)?.[0] ?? '';
    const parts = Object.entries(variables).filter(([name]) => authority.includes(`{${name}}`));
    const given = parts.flatMap(([, { variable }]) => set[variable] ?? []);
    if (given.length === 0 || given.some((value) => !/^[a-z\d](?:[a-z\d.-]*[a-z\d])?$/i.test(value))) return [];
    const filled = authority.replace(/\{([^{}]+)\}/g, (_whole, name: string) => {
      const part = variables[name];
      return part === undefined ? '' : (set[part.variable] ?? known.get(part.variable) ?? part.default);
    });
    const found = URL.parse(filled);
    if (found === null || isIP(found.hostname) !== 0 || !/\.[a-z\d-]*[a-z][a-z\d-]*$/i.test(found.hostname)) return [];
    const port = Number(found.port || (found.protocol === 'http:' ? 80 : 443));
    return [{ host: found.hostname, port, private: false }];
  });
}
