import { askAlive, connect } from '../client/index.ts';
import type { McpConnection } from '../client/index.ts';
import { CrafterError, toCrafterError } from '../errors.ts';
import type { Instance } from '../spec/index.ts';

/** Longest time a healthy server takes to answer, in milliseconds. */
export const answerMilliseconds = 10_000;

/** Connects to an instance over HTTP. */
export function connectTo(instance: Instance): Promise<McpConnection> {
  return connect(endpointOf(instance), { era: 'auto', timeoutMs: answerMilliseconds });
}

/** Whether a running instance still answers. @throws when it does not. */
export async function isAlive(instance: Instance, milliseconds: number): Promise<void> {
  await askAlive(endpointOf(instance), milliseconds);
}

function endpointOf({ url, socketPath, token }: Instance) {
  return {
    kind: 'http' as const,
    url: url ?? 'http://localhost/mcp',
    ...(socketPath === undefined ? {} : { socketPath }),
    ...(token === undefined ? {} : { token }),
  };
}

/**
 * Waits until a new instance lists its tools: what counts as healthy, since newer servers have no ping.
 * @throws CrafterError SERVER_UNHEALTHY with the reason; the instance is stopped then.
 */
export async function untilHealthy(name: string, instance: Instance): Promise<McpConnection> {
  const ended = instance.exited.then(({ code, signal }) => {
    throw new CrafterError(
      'SERVER_UNHEALTHY',
      `${name} ended while it started (${code === null ? signal : `exit code ${code}`}).`,
      {
        hint: `See why with: mcp-crafter logs ${name}`,
      },
    );
  });
  try {
    return await Promise.race([ended, listed(instance)]);
  } catch (error) {
    await instance.stop(1000);
    const { code, message, hint } = toCrafterError(error);
    if (code === 'SERVER_UNHEALTHY') throw error;
    throw new CrafterError('SERVER_UNHEALTHY', `${name} does not answer: ${message}`, {
      hint: hint || `See why with: mcp-crafter logs ${name}`,
      cause: error,
    });
  }
}

async function listed(instance: Instance): Promise<McpConnection> {
  const connection = await connectTo(instance);
  try {
    await connection.listTools();
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}
