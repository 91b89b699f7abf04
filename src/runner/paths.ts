import { CrafterError } from '../errors.ts';

/** What the kernel's sockaddr_un holds, without the closing NUL. */
const SOCKET_PATH_BYTES = 107;

/** @throws CrafterError INVALID_INPUT when a unix socket cannot have this path. */
export function checkSocketPath(path: string): string {
  if (Buffer.byteLength(path) <= SOCKET_PATH_BYTES) return path;
  throw new CrafterError(
    'INVALID_INPUT',
    `The path of a socket would be longer than ${SOCKET_PATH_BYTES} bytes: ${path}`,
    {
      hint: 'Use a state folder with a shorter path (MCP_CRAFTER_HOME).',
    },
  );
}
