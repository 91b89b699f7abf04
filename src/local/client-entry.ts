import { fileURLToPath } from 'node:url';
import { CrafterError } from '../errors.ts';
import { packageUrl } from '../util/index.ts';
import type { ClientProgram } from '../util/index.ts';

export function entry(program: ClientProgram, server: string): Record<string, unknown> {
  const command = fileURLToPath(new URL('bin/mcp-crafter', packageUrl));
  const environment = process.env.MCP_CRAFTER_HOME;
  return {
    ...(program.typed ? { type: 'stdio' } : {}),
    command,
    args: argumentsFor(server),
    ...(environment === undefined ? {} : { env: { MCP_CRAFTER_HOME: environment } }),
  };
}

/** mcp-crafter's own tools are a face of it; every other server is run by name. */
function argumentsFor(server: string): string[] {
  return server === 'mcp-crafter' ? ['mcp'] : ['run', server];
}

export function isOurs(present: unknown, server: string): boolean {
  const { command, args } = (present ?? {}) as { command?: unknown; args?: unknown };
  return (
    typeof command === 'string' &&
    command.endsWith('mcp-crafter') &&
    JSON.stringify(args) === JSON.stringify(argumentsFor(server))
  );
}

/** A key that no server has could mean something else to a parser, as `__proto__` does. */
export function refuseNoName(server: string): void {
  if (/^[a-z][a-z0-9-]*$/.test(server)) return;
  throw new CrafterError('INVALID_INPUT', `\`${server}\` is no name of a server.`, {
    hint: 'Give a name as `mcp-crafter list` shows it.',
  });
}

/** Whether an entry of ours names the state folder that this command would name. */
export function leadsHere(present: unknown): boolean {
  const { env } = present as { env?: { MCP_CRAFTER_HOME?: unknown } };
  return env?.MCP_CRAFTER_HOME === process.env.MCP_CRAFTER_HOME;
}

export function foreignEntry(file: string, server: string): CrafterError {
  return new CrafterError(
    'CONFLICT',
    `${file} already has a server called \`${server}\` that mcp-crafter did not write.`,
    {
      hint: 'Rename or remove that entry, or give your server another name.',
    },
  );
}
