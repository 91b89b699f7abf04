import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { CrafterError } from '../errors.ts';
import { keptText } from '../secrets/index.ts';
import { socketPath } from './protocol.ts';

const bytes = 32;

/** Beside the socket, in the folder that only its user can open. */
export const httpTokenFile = (stateFolder: string): string => join(dirname(socketPath(stateFolder)), 'http-token');

/**
 * The token of the service's HTTP: 32 random bytes in base64url, the same until its file is removed.
 * @throws CrafterError MISSING_PREREQUISITE when something else stands there.
 */
export async function keptHttpToken(stateFolder: string): Promise<string> {
  const file = httpTokenFile(stateFolder);
  const token = (await keptText(file, () => `${randomBytes(bytes).toString('base64url')}\n`)).trim();
  if (/^[\w-]+$/.test(token) && Buffer.from(token, 'base64url').length >= bytes) return token;
  throw new CrafterError('MISSING_PREREQUISITE', `The file ${file} holds no token of ${bytes} bytes.`, {
    hint: 'Remove it: the next start makes a new one.',
  });
}
