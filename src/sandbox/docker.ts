import { CrafterError } from '../errors.ts';
import { allMounts, startFolder } from './arguments.ts';
import { controlStarted } from './control.ts';
import type { Docker } from './docker-api.ts';
import { attach } from './docker-attach.ts';
import { containerOf } from './docker-container.ts';
import { handOver } from './docker-environment.ts';
import { guardContainers } from './docker-guard.ts';
import { newContainer, type Container } from './docker-handle.ts';
import { prepareMounts } from './mounts.ts';
import { containerLabels } from './orphans.ts';
import type { SandboxOptions, SandboxedProcess } from './types.ts';

/** Where containers are made, and of what. */
export interface DockerPlace {
  readonly docker: Docker;
  readonly image: string;
}

/** Starts a program in a container of its own. @throws CrafterError SANDBOX_UNAVAILABLE when Docker does not start it. */
export async function spawnInDocker(
  options: SandboxOptions,
  stateFolder: string,
  place: DockerPlace,
): Promise<SandboxedProcess> {
  const mounts = allMounts(options);
  await prepareMounts(mounts, stateFolder);
  guardContainers(place.docker.socketPath);
  const container = newContainer(place.docker);
  const folder = startFolder(options, mounts);
  const { head, ...handed } = handOver(options, folder);
  const body = { image: place.image, labels: containerLabels(stateFolder), folder, ...handed };
  try {
    await container.create(containerOf(options, mounts, body));
    return await startAttached(container, place.docker, { ...options, head });
  } catch (error) {
    await container.remove();
    throw new CrafterError('SANDBOX_UNAVAILABLE', `Docker did not start a container: ${(error as Error).message}`, {
      hint: 'Look at the daemon with: docker info',
      cause: error,
    });
  }
}

async function startAttached(
  container: Container,
  docker: Docker,
  options: SandboxOptions & { readonly head: string },
): Promise<SandboxedProcess> {
  const { settled, ...streams } = await attach(docker, container.at, options);
  await container.start();
  const ended = container.wait().then(
    (code) => ({ code, signal: null }),
    // The daemon ended, and its containers with it.
    () => ({ code: null, signal: 'SIGKILL' as const }),
  );
  const { Pid: pid } = await container.state();
  const settle = async (): Promise<{ outOfMemory: boolean }> => {
    const state = await container.state().catch(() => undefined);
    await Promise.all([settled(), container.remove()]);
    return { outOfMemory: state?.OOMKilled === true };
  };
  const terminate = (): Promise<boolean> =>
    container.signal('SIGTERM').then(
      () => true,
      () => false,
    );
  const kill = (): void => void container.signal('SIGKILL').catch(() => undefined);
  return controlStarted({ pid, ...streams, ended, settle, terminate, kill }, options);
}
