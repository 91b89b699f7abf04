import { link, lstat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { CrafterError } from '../errors.ts';

/** Resolves to whether something accepts connections at a unix socket. */
export function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    const settle = (yes: boolean): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

/**
 * Takes a socket that sandboxed code made in a folder it can write to, to a path it cannot touch. The link is made to
 * the thing itself and looked at afterwards, so that a symbolic link to another socket of the host gains nothing.
 * Resolves to false while there is none yet.
 * @throws CrafterError SERVER_UNHEALTHY when it is no socket.
 */
export async function takeSocket(made: string, kept: string): Promise<boolean> {
  try {
    await link(made, kept);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  if ((await lstat(kept)).isSocket()) return true;
  await unlink(kept);
  throw new CrafterError('SERVER_UNHEALTHY', 'The server made something else than a socket where its socket belongs.', {
    hint: 'Do not trust this server; look at its code.',
  });
}
