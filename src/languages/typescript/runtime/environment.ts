import { ToolError } from './errors.ts';
import { log } from './logging.ts';
import { hide } from './mask.ts';

/** A variable the server reads from its environment. */
export interface Variable {
  readonly name: string;
  readonly required?: boolean;
  /** Its value never reaches a log or an answer. */
  readonly secret?: boolean;
  /** Used when the environment does not set it. */
  readonly value?: string;
}

/** Takes in the declared variables and warns of required ones that are missing; tools that need them will say so. */
export function readEnvironment(variables: readonly Variable[]): (name: string) => string {
  for (const { name, secret, value } of variables) {
    if (value !== undefined) process.env[name] ??= value;
    if (secret) hide(name, process.env[name] ?? '');
  }
  const missing = variables.filter(({ name, required }) => required && !process.env[name]).map(({ name }) => name);
  if (missing.length > 0) log.warn(`required environment variables are not set: ${missing.join(', ')}`);
  return (name) => {
    const value = process.env[name];
    if (value) return value;
    throw new ToolError(`The environment variable ${name} is not set.`, `Set ${name} for this server and restart it.`);
  };
}
