import { invalidInput, nearest } from '../spec/index.ts';
import type { Blueprint, FolderGrant, HostGrant } from '../spec/index.ts';
import { isSecret } from '../util/index.ts';
import { authorities, refuseHiddenAuthorities } from './authorities.ts';
import { hostsOfValues } from './server-hosts.ts';
import type { Prepared, Wish } from './wish-types.ts';

export interface Granted {
  readonly blueprint: Blueprint;
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * Adds what the user grants and sets to a Blueprint. Secret values come back beside it.
 * @throws CrafterError INVALID_INPUT for a variable that the server does not declare, or a file it could not read.
 */
export function grantWish(blueprint: Blueprint, wish: Wish): Granted {
  const declared = new Map(blueprint.environment.map((variable) => [variable.name, variable]));
  const secrets: Record<string, string> = {};
  for (const [name, value] of Object.entries(wish.environment)) {
    const variable = declared.get(name) ?? (name === authorities.name ? authorities : undefined);
    if (variable === undefined) throw undeclared(name, [...declared.keys()]);
    if (variable.secret || isSecret(name, value)) {
      // A value can be secret under a name that is none, such as a database's URL with the password in it.
      const { value: _replaced, ...rest } = variable;
      declared.set(name, { ...rest, secret: true });
      secrets[name] = value;
    } else declared.set(name, { ...variable, value });
  }
  const hosts = [...wish.hosts, ...hostsOfValues(blueprint, wish.environment)];
  const grants = mergeGrants(blueprint.grants, { folders: wish.folders, hosts, packages: wish.packages });
  const granted = { ...blueprint, environment: [...declared.values()], grants };
  if (Object.hasOwn(wish.environment, authorities.name)) refuseHiddenAuthorities(granted);
  return { blueprint: granted, secrets };
}

/** What was planned, with the user's grants in each server. */
export function grantPlan<Planned extends Pick<Prepared, 'plan'>>(prepared: Planned, wish: Wish): Planned {
  const servers = prepared.plan.servers.map((server) => ({
    ...server,
    blueprint: grantWish(server.blueprint, wish).blueprint,
  }));
  return { ...prepared, plan: { ...prepared.plan, servers } };
}

/** Both sets of grants, packages sorted; where a folder or host stands in both, the wider access counts. */
export function mergeGrants(
  grants: Blueprint['grants'],
  more: {
    readonly folders: readonly FolderGrant[];
    readonly hosts: readonly HostGrant[];
    readonly packages?: readonly string[] | undefined;
  },
): Blueprint['grants'] {
  const folders = new Map(grants.folders.map((folder) => [folder.path, folder]));
  for (const folder of more.folders) {
    if (folders.get(folder.path)?.access !== 'write') folders.set(folder.path, folder);
  }
  const hosts = new Map(grants.hosts.map((host) => [`${host.host}:${host.port}`, host]));
  for (const host of more.hosts) {
    const key = `${host.host}:${host.port}`;
    hosts.set(key, { ...host, private: host.private || hosts.get(key)?.private === true });
  }
  const packages = [...new Set([...(grants.packages ?? []), ...(more.packages ?? [])])].toSorted();
  return {
    folders: [...folders.values()],
    hosts: [...hosts.values()],
    ...(packages.length === 0 ? {} : { packages }),
  };
}

function undeclared(name: string, declared: readonly string[]): Error {
  const near = nearest(name, declared);
  const known =
    declared.length === 0 ? 'The server declares no environment variables.' : `Declared are: ${declared.join(', ')}.`;
  return invalidInput('input', [
    {
      field: `environment.${name}`,
      message: 'is no environment variable of this server',
      remedy: near === undefined ? known : `Did you mean ${near}? ${known}`,
    },
  ]);
}
