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
