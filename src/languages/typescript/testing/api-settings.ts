import type { ApiFile } from '../runtime/api-file.ts';

export interface ApiSettings {
  /** Environment of the server: addresses and credentials. */
  readonly environment: Record<string, string>;
  readonly credentials: Record<string, string>;
}

/** Path of the stand-in for a server of the API: each has its own, so that a request to the wrong one is seen. */
export const basePath = (server: number): string => `/server-${server}`;

/** Points a server to a stand-in for its API, with a credential of its own for each variable that holds one. */
export function settingsFor(api: Pick<ApiFile, 'servers' | 'security'>, origin: string): ApiSettings {
  const credentials: Record<string, string> = {};
  for (const scheme of Object.values(api.security ?? {})) {
    if (scheme.type === 'mutualTLS') continue;
    const names =
      scheme.type === 'basic' || scheme.type === 'digest'
        ? [scheme.username, scheme.password]
        : ['token' in scheme ? scheme.token : scheme.variable];
    for (const name of names) credentials[name] = `value-of-${name.toLowerCase()}`;
  }
  const addresses = api.servers.map(({ variable }, index) => [variable, `${origin}${basePath(index)}`]);
  return { credentials, environment: { ...credentials, ...(Object.fromEntries(addresses) as Record<string, string>) } };
}
