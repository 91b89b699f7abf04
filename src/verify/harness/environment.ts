import { randomBytes } from 'node:crypto';
import { settingsFor } from '../../languages/index.ts';
import type { Blueprint, TrialPurpose } from '../../spec/index.ts';

/** What a server under trial finds in its environment, and the made-up secrets among it. */
export interface TrialEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  readonly canaries: readonly string[];
}

/**
 * Values for a Blueprint's variables: as declared, made up where there is none. Optional secrets are left out of
 * trials of examples, so that recipes' examples of what happens without them can be shown; code that asks for one gets it.
 */
export function trialEnvironment(blueprint: Blueprint | undefined, purpose: TrialPurpose): TrialEnvironment {
  const variables: Record<string, string> = {};
  const canaries: string[] = [];
  const shownToUsers = clientIdsOf(blueprint);
  for (const { name, secret, required, value } of blueprint?.environment ?? []) {
    // The file lies in a folder of the user, which no trial sees.
    if (name === 'NODE_EXTRA_CA_CERTS') continue;
    if (value !== undefined && !secret) variables[name] = value;
    else if (!required && !usedByCode(blueprint, name) && shown(purpose)) continue;
    else if (secret) {
      const canary = `canary${randomBytes(12).toString('hex')}`;
      variables[name] = canary;
      if (!shownToUsers.has(name)) canaries.push(canary);
    } else variables[name] = madeUp(name, blueprint);
  }
  if (blueprint?.api !== undefined) {
    const { environment, credentials } = settingsFor(blueprint.api, madeUpOrigin);
    for (const [name, value] of Object.entries(environment))
      if (!shown(purpose) || !(name in credentials)) variables[name] = value;
    // A choice among the addresses of the document, and files of certificates, are left as they are.
    for (const name of choicesOf(blueprint)) delete variables[name];
    canaries.push(...Object.values(credentials));
    variables['MCP_HOSTS'] = `${new URL(madeUpOrigin).hostname}:443`;
  }
  // Where no host is granted yet, requests must still get as far as the stand-in for the network.
  if (!shown(purpose) && blueprint?.grants.hosts.length === 0)
    variables['MCP_HOSTS'] = `${new URL(madeUpOrigin).hostname}:443`;
  return { variables, canaries };
}

/** Trials in which recipes' examples show what happens where little is set up. */
const shown = (purpose: TrialPurpose): boolean => ['example', 'again', 'read_only'].includes(purpose);

const madeUpOrigin = 'https://service.example';

/** A client's identifier stands in the address where a user signs in; it is no secret (RFC 6749, 2.2). */
function clientIdsOf(blueprint: Blueprint | undefined): Set<string> {
  const schemes = Object.values(blueprint?.api?.security ?? {});
  return new Set(schemes.flatMap((scheme) => ('clientId' in scheme ? [scheme.clientId] : [])));
}

function choicesOf({ api }: Blueprint): string[] {
  const regions = (api?.servers ?? []).flatMap(({ variables }) =>
    Object.values(variables).map(({ variable }) => variable),
  );
  const files = Object.values(api?.security ?? {}).flatMap((scheme) =>
    scheme.type === 'mutualTLS' ? [scheme.certificate, scheme.key] : [],
  );
  return [...regions, ...files];
}

function usedByCode(blueprint: Blueprint | undefined, name: string): boolean {
  return (
    blueprint?.tools.some(
      ({ implementation }) => implementation.kind === 'code' && implementation.code.includes(name),
    ) ?? false
  );
}

function madeUp(name: string, blueprint: Blueprint | undefined): string {
  const host = blueprint?.grants.hosts[0];
  const origin = host
    ? `https://${host.host.replace(/^\*\./, 'api.')}${host.port === 443 ? '' : `:${host.port}`}`
    : madeUpOrigin;
  if (/ur[il]$|endpoint|issuer|origin/i.test(name)) return `${origin}/${name.toLowerCase().replace(/_ur[il]$/, '')}`;
  if (/host$/i.test(name)) return new URL(origin).host;
  if (/port$/i.test(name)) return '443';
  return `${name.toLowerCase()}-value`;
}
