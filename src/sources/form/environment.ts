import type { Problem } from '../../errors.ts';
import type { EnvironmentVariable, Tool } from '../../spec/index.ts';
import { isPlaceholder, isSecret } from '../../util/index.ts';
import { secretsOfCode } from './code-secrets.ts';
import type { Form } from './schema.ts';

export interface ReadEnvironment {
  readonly environment: EnvironmentVariable[];
  readonly secrets: Record<string, string>;
  readonly problems: Problem[];
  readonly notes: string[];
}

/** Variables that steer the program a server runs in, or the server itself: a form must not set them. */
const reserved = /^(NODE_OPTIONS|NODE_.*|LD_.*|PATH|HOME|MCP_(TRANSPORT|SOCKET|TOKEN|WORKSPACE|FOLDERS|HOST|PORT))$/i;

/** Declared variables; the values of secrets are taken out. */
export function readEnvironment(given: Form['environment_vars'], tools: readonly Tool[]): ReadEnvironment {
  const result: ReadEnvironment = { environment: [], secrets: {}, problems: [], notes: [] };
  for (const [name, entry] of Object.entries(given)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name) || reserved.test(name)) {
      const message = reserved.test(name) ? 'is reserved' : 'is not a name of an environment variable';
      result.problems.push({
        field: `environment_vars.${name.slice(0, 128)}`,
        message,
        remedy: 'Use letters, digits and underscores, for example WEATHER_API_KEY.',
      });
      continue;
    }
    readVariable(name, entry, result);
  }
  for (const [name, reader] of secretsOfCode(tools)) {
    // Whatever code reads as a secret is kept as one, however it is named.
    if (!Object.hasOwn(given, name))
      result.environment.push({ name, description: `Read by ${reader}.`, required: true, secret: true });
  }
  return result;
}

function readVariable(name: string, entry: Form['environment_vars'][string], result: ReadEnvironment): void {
  const detail = entry !== null && typeof entry === 'object' ? entry : { value: entry ?? undefined };
  const value = detail.value === undefined ? '' : String(detail.value);
  const secret = ('secret' in detail ? detail.secret : undefined) ?? isSecret(name, value);
  const description = ('description' in detail ? detail.description : undefined) ?? '';
  const required = ('required' in detail ? detail.required : undefined) ?? false;
  const empty = isPlaceholder(value);
  if (empty && value.trim() !== '')
    result.notes.push(
      `${name} holds a placeholder: set its value before the server needs it (update, --env ${name}=VALUE).`,
    );
  if (secret && !empty) result.secrets[name] = value;
  result.environment.push({ name, description, required, secret, ...(secret || empty ? {} : { value }) });
}
