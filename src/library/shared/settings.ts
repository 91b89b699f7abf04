import type { SecretContext } from '#runtime/context.ts';
import { ToolError } from '#runtime/errors.ts';

/** Value of a declared variable, or undefined when it is not set. */
export function optionalSetting(context: SecretContext, name: string): string | undefined {
  try {
    return context.secret(name) || undefined;
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}

/**
 * A variable that holds an http or https address. Plain http is only for this machine.
 * @throws ToolError when it is not set, no address, or plain http to another machine.
 */
export function addressSetting(context: SecretContext, name: string): URL {
  return checkedAddress(context.secret(name), name);
}

/** The same for an address given by a caller; `name` says where it came from. */
export function checkedAddress(text: string, name: string): URL {
  if (!URL.canParse(text))
    throw new ToolError(
      `${name} is not an address.`,
      `Set ${name} to a full address such as https://api.example.com/v1.`,
    );
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw new ToolError(
      `${name} holds a user name or password.`,
      'Leave credentials out of the address; use the variables made for them.',
    );
  }
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return url;
  throw new ToolError(
    `${name} must begin with https://.`,
    `Use https in ${name}; plain http is only for 127.0.0.1 and localhost.`,
  );
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
