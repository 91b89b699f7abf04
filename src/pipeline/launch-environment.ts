import type { Crafter } from '../crafter.ts';
import { toCrafterError } from '../errors.ts';
import type { Blueprint } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { openFor } from './secrets.ts';

/** Owner suffix of the token that HTTP clients of a server use: kept, so that their configuration stays true. */
const tokenOf = (server: string): string => `token:${server}`;

/** The environment of a server: declared values and its sealed secrets. */
export async function environmentOf(crafter: Crafter, record: ServerRecord): Promise<Record<string, string>> {
  const declared = record.blueprint.environment.flatMap(({ name, value }) =>
    value === undefined ? [] : [[name, value]],
  );
  return {
    ...(Object.fromEntries(declared) as Record<string, string>),
    ...(await openFor(crafter.secrets, record.name)),
  };
}

/** A remark on each required variable that has no value yet: the server runs without, its tools say what they lack. */
export async function unsetVariables(
  crafter: Crafter,
  blueprint: Blueprint,
  given: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const sealed = new Set([...(await crafter.secrets.names(blueprint.name)), ...Object.keys(given)]);
  return blueprint.environment
    .filter(({ name, required, value }) => required && value === undefined && !sealed.has(name))
    .map(
      ({ name, description }) =>
        `It needs ${name} (${description.replace(/\.$/, '')}). Set it with: mcp-crafter update ${blueprint.name} --env ${name}=VALUE`,
    );
}

export async function tokenFor(crafter: Crafter, server: string): Promise<string> {
  // One that a service with another key has sealed is of no use here.
  const kept = await crafter.secrets.get(tokenOf(server), 'MCP_TOKEN').catch((error: unknown) => {
    if (toCrafterError(error).code === 'MISSING_PREREQUISITE') return undefined;
    throw error;
  });
  if (kept !== undefined) return kept;
  const { randomBytes } = await import('node:crypto');
  const token = randomBytes(32).toString('base64url');
  await crafter.secrets.set(tokenOf(server), 'MCP_TOKEN', token);
  return token;
}

export async function forgetSecrets(crafter: Crafter, server: string): Promise<void> {
  await crafter.secrets.deleteAll(server);
  await crafter.secrets.deleteAll(tokenOf(server));
}
