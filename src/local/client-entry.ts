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

export function foreignEntry(file: string, server: string): CrafterError {
  return new CrafterError(
    'CONFLICT',
    `${file} already has a server called \`${server}\` that mcp-crafter did not write.`,
    {
      hint: 'Rename or remove that entry, or give your server another name.',
    },
  );
}
