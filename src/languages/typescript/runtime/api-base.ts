import { variable } from './api-context.ts';
import type { ApiFile, HttpCall } from './api-file.ts';
import type { SecretContext } from './context.ts';
import { ToolError } from './errors.ts';

/**
 * The base address of a call: its variable's where that is set, else the document's with its server variables.
 * @throws ToolError when there is none, or a server variable has a value that the document does not allow.
 */
export function baseUrl({ servers, title }: ApiFile, { server = 0 }: HttpCall, context: SecretContext): string {
  const chosen = servers[server] ?? servers[0];
  if (chosen === undefined) throw new ToolError(`${title} has no server.`, 'Make the server anew from its document.');
  const { url, variables = {} } = chosen;
  const base = variable(context, chosen.variable) ?? url;
  if (base === '') throw new ToolError(`The address of ${title} is not known.`, `Set ${chosen.variable} and restart.`);
  return base.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const declared = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (declared === undefined) return whole;
    const value = variable(context, declared.variable) ?? declared.default;
    if (declared.enum === undefined || declared.enum.includes(value)) return value;
    throw new ToolError(
      `${declared.variable} is not allowed.`,
      `Set it to one of ${declared.enum.slice(0, 20).join(', ')}.`,
    );
  });
}

/**
 * Once the API is moved by its variable, an operation whose own server stays with the document's host does not take
 * the credentials there: they are those of another place. Its own variable says where it is.
 * @throws ToolError naming that variable.
 */
export function refuseElsewhere(
  { servers, title }: ApiFile,
  { server = 0 }: HttpCall,
  base: string,
  context: SecretContext,
): void {
  const [first] = servers;
  const own = servers[server];
  if (server === 0 || first === undefined || own === undefined || variable(context, own.variable) !== undefined) return;
  const moved = variable(context, first.variable);
  if (moved === undefined || hostOf(moved) === hostOf(first.url) || hostOf(moved) === hostOf(base)) return;
  throw new ToolError(
    `${first.variable} moves ${title}, but this operation has a server of its own, ${hostOf(base)}: the credentials are not sent there.`,
    `Set ${own.variable} to where it is now, and restart.`,
  );
}

const hostOf = (url: string): string | undefined => URL.parse(url)?.hostname;
