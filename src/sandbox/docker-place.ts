import { CrafterError } from '../errors.ts';

const USUAL_SOCKET = '/var/run/docker.sock';

/**
 * Path of the Docker daemon's socket: DOCKER_HOST as `unix://PATH`, else the usual one.
 * @throws CrafterError INVALID_INPUT where DOCKER_HOST leads elsewhere: only a daemon of this machine can show its files.
 */
export function dockerSocket(host = process.env['DOCKER_HOST']): string {
  if (host === undefined || host === '') return USUAL_SOCKET;
  const path = /^unix:\/\/(\/.+)$/.exec(host)?.[1];
  if (path !== undefined) return path;
  throw new CrafterError('INVALID_INPUT', `DOCKER_HOST=${host} is no socket of this machine.`, {
    hint: `Set it to unix:// and a path, or unset it: then ${USUAL_SOCKET} is used.`,
  });
}
