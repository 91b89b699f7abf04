import { CrafterError } from '../errors.ts';
import { dockerAt } from './docker-api.ts';
import { sandboxImage } from './docker-image.ts';
import { dockerSocket } from './docker-place.ts';
import { spawnInDocker } from './docker.ts';
import { trial, type Lack, type Launch } from './trial.ts';

interface Info {
  readonly OSType: string;
  readonly SecurityOptions: readonly string[] | null;
}

const PROBE_MS = 5000;
const instead = 'Install bubblewrap instead, or start a Docker daemon as root on this machine.';

/** A way to start containers on this machine, tried by one; or why there is none. */
export async function findDocker(): Promise<Launch | Lack> {
  try {
    const docker = dockerAt(dockerSocket());
    const unfit = unfitness((await docker.ask('GET', '/info', undefined, PROBE_MS)) as Info);
    if (unfit !== undefined) return { reason: unfit, remedy: instead };
    const place = { docker, image: await sandboxImage(docker) };
    const launch: Launch = (options, stateFolder) => spawnInDocker(options, stateFolder, place);
    const detail = await trial(launch);
    return detail === undefined ? launch : { reason: `Docker cannot start a sandbox: ${detail}`, remedy: instead };
  } catch (error) {
    return lackOf(error as NodeJS.ErrnoException);
  }
}

/** What makes a daemon one that servers cannot be contained by. */
function unfitness({ OSType, SecurityOptions }: Info): string | undefined {
  const has = (name: string): boolean => (SecurityOptions ?? []).some((option) => option.startsWith(`name=${name}`));
  if (OSType !== 'linux') return `The Docker daemon makes containers of ${OSType}, not of Linux.`;
  if (!has('seccomp')) return 'The Docker daemon has no system call filters.';
  // Files of this machine would belong to others inside, or could not be written.
  if (has('rootless') || has('userns')) return 'The Docker daemon gives containers other users than this machine has.';
  return undefined;
}

function lackOf(error: NodeJS.ErrnoException): Lack {
  if (error instanceof CrafterError) return { reason: error.message, remedy: error.hint };
  const socket = dockerSocket();
  if (error.code === 'EACCES')
    return {
      reason: `You may not use the Docker daemon at ${socket}.`,
      remedy: 'Run: sudo usermod -aG docker "$USER", and log in again; who may use Docker has rights like root.',
    };
  const absent = error.code === 'ENOENT' || error.code === 'ECONNREFUSED';
  return {
    reason: absent ? `No Docker daemon answers at ${socket}.` : `Docker cannot be used: ${error.message}`,
    remedy: instead,
  };
}
