import type { Crafter } from '../crafter.ts';
import type { Blueprint } from '../spec/index.ts';
import { missingCredentials } from './credentials.ts';
import { unsetVariables } from './launch-environment.ts';

/** What a server still lacks to do its work: values, a folder, hosts. It is built without, and its tools say so. */
export async function lacksOf(
  crafter: Crafter,
  blueprint: Blueprint,
  secrets: Readonly<Record<string, string>>,
): Promise<string[]> {
  const { folderNeeded } = await import('../plan/index.ts');
  const folder = folderNeeded(blueprint);
  const valued = blueprint.environment.filter(({ value }) => value !== undefined).map(({ name }) => name);
  const set = new Set([...(await crafter.secrets.names(blueprint.name)), ...Object.keys(secrets), ...valued]);
  return [
    ...(await unsetVariables(crafter, blueprint, secrets)),
    ...missingCredentials(blueprint, set),
    ...(folder === undefined ? [] : [folder]),
    ...unreachableHosts(blueprint),
    ...unreachableAddresses(blueprint),
  ];
}

/** Addresses in the code of tools that fetch, to hosts that are not granted. */
function unreachableHosts({ name, tools, grants }: Blueprint): string[] {
  const granted = new Set(grants.hosts.map(({ host, port }) => `${host}:${port}`));
  return tools.flatMap((tool) => {
    const code = tool.implementation.kind === 'code' ? tool.implementation.code : '';
    if (!/\bfetch\b/.test(code)) return [];
    const named = [...code.matchAll(/\b(https?):\/\/((?:[a-z0-9-]+\.)*[a-z0-9-]+)(?::(\d+))?(?=[/'"`?#])/gi)].map(
      ([, scheme, host = '', port = scheme === 'http' ? '80' : '443']) => ({ host: host.toLowerCase(), port }),
    );
    const missing = named.filter(
      ({ host, port }) => !granted.has(`${host}:${port}`) && !granted.has(`*.${host.replace(/^[^.]*\./, '')}:${port}`),
    );
    const flags = new Set(missing.map(({ host, port }) => `--allow-host ${port === '443' ? host : `${host}:${port}`}`));
    return flags.size === 0
      ? []
      : [
          `The code of ${tool.name} calls a host that the server may not reach. Allow it with: mcp-crafter update ${name} ${[...flags].join(' ')}`,
        ];
  });
}

/** Addresses that were set for an API, at hosts that are not granted. */
export function unreachableAddresses({ name, api, environment, grants }: Blueprint): string[] {
  const variables = new Set((api?.servers ?? []).map(({ variable }) => variable));
  return environment.flatMap(({ name: variable, value = '' }) => {
    const url = variables.has(variable) && /^https?:/i.test(value) ? URL.parse(value) : null;
    if (url === null) return [];
    const port = Number(url.port || (url.protocol === 'http:' ? 80 : 443));
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (grants.hosts.some((grant) => grant.host === host && grant.port === port)) return [];
    return [
      `${variable} leads to a host that the server may not reach. Allow it with: mcp-crafter update ${name} --allow-host ${url.hostname}:${port}`,
    ];
  });
}
