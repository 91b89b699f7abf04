import type { Grants } from '../spec/index.ts';
import { plain } from '../util/index.ts';

/** What is granted, each in words: `folder /data (reading and writing)`, `host api.example.com:443`. */
export function grantWords({ folders, hosts, packages = [] }: Grants): string[] {
  return [
    ...folders.map(
      ({ path, access }) => `folder ${oneLine(path)} (${access === 'write' ? 'reading and writing' : 'reading'})`,
    ),
    ...hosts.map(({ host, port }) => `host ${oneLine(host.includes(':') ? `[${host}]` : host)}:${port}`),
    ...packages.map((name) => `package ${oneLine(name)} whatever its name and age`),
  ];
}

const oneLine = (text: string): string => plain(text).replace(/\s+/g, ' ');

/** Those of `grants` that `others` do not allow. */
export function grantsBeyond(grants: Grants, others: Grants): Grants {
  return {
    folders: grants.folders.filter(
      ({ path, access }) =>
        !others.folders.some((other) => other.path === path && (other.access === 'write' || access === 'read')),
    ),
    hosts: grants.hosts.filter(
      (grant) =>
        !others.hosts.some(
          ({ host, port, private: isPrivate }) =>
            host === grant.host && port === grant.port && (isPrivate || !grant.private),
        ),
    ),
    packages: (grants.packages ?? []).filter((name) => !(others.packages ?? []).includes(name)),
  };
}
