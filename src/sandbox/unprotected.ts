import { spawn } from 'node:child_process';
import { CrafterError } from '../errors.ts';
import { controlProcess } from './control.ts';
import { nodeBinary, standingBack } from './host.ts';
import { isBelow } from './mounts.ts';
import { starterEnvironment } from './orphans.ts';
import type { Mount, SandboxOptions, SandboxedProcess } from './types.ts';

/** Starts a program without any protection, with the paths of the sandbox replaced by those of the host. */
export async function spawnUnprotected(options: SandboxOptions, stateFolder: string): Promise<SandboxedProcess> {
  const mounts: readonly Mount[] = [
    { source: nodeBinary(), target: '/node/bin/node', access: 'read' },
    ...(options.mounts ?? []),
  ];
  const toHost = (text: string): string => {
    const mount = mounts.find(({ target }) => isBelow(text, target));
    return mount === undefined ? text : mount.source + text.slice(mount.target.length);
  };
  const [program, ...args] = [...standingBack(options.limits), ...options.command.map(toHost)] as [string, ...string[]];
  const stdio = options.stdio ?? 'pipe';
  const env = Object.fromEntries(Object.entries(options.env ?? {}).map(([name, value]) => [name, toHost(value)]));
  const child = spawn(program, args, {
    cwd: toHost(options.cwd ?? (mounts.some(({ target }) => target === '/app') ? '/app' : '/tmp')),
    env: { PATH: process.env['PATH'] ?? '', ...env, ...starterEnvironment(stateFolder) },
    detached: true,
    stdio: [stdio, stdio, 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) =>
      reject(
        new CrafterError('MISSING_PREREQUISITE', `${program} could not be started: ${error.message}`, {
          hint: 'Check that the program is installed.',
        }),
      ),
    );
  });
  return controlProcess({ child }, options);
}
