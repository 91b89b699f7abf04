import { spawn } from 'node:child_process';
import { getPriority, setPriority } from 'node:os';
import type { Duplex, Readable } from 'node:stream';
import { CrafterError } from '../errors.ts';
import { allMounts, etcFiles, sandboxArguments, sandboxCommand } from './arguments.ts';
import { enterControlGroup } from './control-group.ts';
import { controlProcess } from './control.ts';
import { SANDBOX_ID, closedStdio, runsAsRoot, systemArguments } from './host.ts';
import { prepareMounts } from './mounts.ts';
import { starterEnvironment } from './orphans.ts';
import { seccompFilter } from './seccomp.ts';
import type { Mount, SandboxLimits, SandboxOptions, SandboxedProcess } from './types.ts';

const FIRST_DESCRIPTOR = 3;
const CONTROL_BYTES = 64 * 1024;

/** What goes to bwrap over descriptors, so that neither secrets nor paths stand on a command line. */
interface Invocation {
  readonly command: readonly string[];
  /** Contents of descriptors 3, 4, …; the last one is read instead: bwrap reports on it. */
  readonly inputs: readonly (string | Buffer)[];
  /** How many processes stand between the started one and the program: bwrap's monitors and inits. */
  readonly depth: number;
}

/** Starts a program in a sandbox of its own. */
export async function spawnInBubblewrap(options: SandboxOptions, stateFolder: string): Promise<SandboxedProcess> {
  const mounts = allMounts(options);
  await prepareMounts(mounts, stateFolder);
  const { command, inputs, depth } = runsAsRoot() ? rootInvocation(options, mounts) : userInvocation(options, mounts);
  const stdio = options.stdio ?? 'pipe';
  const [program, ...args] = command as [string, ...string[]];
  const child = spawn(program, args, {
    cwd: '/',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', ...starterEnvironment(stateFolder) },
    // Its own process group, so that everything can be killed at once even while it is being set up.
    detached: true,
    stdio: closedStdio([stdio, stdio, 'pipe', ...inputs.map(() => 'pipe' as const), 'pipe' as const]),
  });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  // It may come when nobody waits any more.
  failed.catch(() => undefined);
  if (child.pid === undefined) return failed;
  // Before it has its arguments, and so before it starts anything: all of its tree inherits it.
  standBack(child.pid, options.limits);
  const group = enterControlGroup(child.pid, options.limits ?? {});
  inputs.forEach((input, index) => {
    const descriptor = child.stdio[FIRST_DESCRIPTOR + index] as Duplex;
    descriptor.on('error', () => {});
    descriptor.end(input);
  });
  await Promise.race([waitForInit(child.stdio[FIRST_DESCRIPTOR + inputs.length] as Readable), failed]);
  return controlProcess({ child, depth, ...(group && { group }) }, options);
}

/** bwrap as the user who runs mcp-crafter. */
function userInvocation(options: SandboxOptions, mounts: readonly Mount[]): Invocation {
  const [sandbox, seccomp, ...rest] = [0, 1, 2, 3, 4].map((index) => FIRST_DESCRIPTOR + index) as [
    number,
    number,
    ...number[],
  ];
  const descriptors = { seccomp, etc: rest.slice(0, etcFiles.length), info: rest[etcFiles.length] as number };
  return {
    command: ['bwrap', '--args', String(sandbox), '--', ...sandboxCommand(options)],
    depth: 1,
    inputs: [
      joinArguments(sandboxArguments(options, mounts, descriptors)),
      filter(),
      ...etcFiles.map(([, text]) => text),
    ],
  };
}

/**
 * As root the sandbox must not start as uid 0, and the user it starts as may not be able to reach what is mounted
 * (all of /root, for example). So a first bwrap, as root, lays what is granted under /view and nothing else beside the
 * system; in that view the sandbox's user starts the sandbox itself. The first one has a process namespace of its own,
 * because a dying bwrap may kill its own user's processes only: its init goes with it, and takes all the rest along.
 */
function rootInvocation(options: SandboxOptions, mounts: readonly Mount[]): Invocation {
  const [outer, ...others] = [0, 1, 2, 3, 4, 5].map((index) => FIRST_DESCRIPTOR + index) as [number, ...number[]];
  const [inner, seccomp, ...rest] = others as [number, number, ...number[]];
  const descriptors = { seccomp, etc: rest.slice(0, etcFiles.length), info: rest[etcFiles.length] as number };
  const views = mounts.map((mount, index): Mount => ({ ...mount, source: `/view/${index}` }));
  const binds = mounts.flatMap(({ source, access }, index) => [
    access === 'write' ? '--bind' : '--ro-bind',
    source,
    `/view/${index}`,
  ]);
  const view = [
    ['--unshare-pid', '--die-with-parent', ...systemArguments(), '--dev-bind', '/dev', '/dev'],
    // The sandbox looks itself up by its id in this process namespace. It may mount a /proc of its own only where it sees
    // one that nothing covers, and writes a setting that bwrap has covered in the new one.
    ['--dev-bind', '/proc', '/processes', '--proc', '/proc', '--dev-bind', '/proc/sys', '/proc/sys'],
    ['--perms', '0755', '--dir', '/view', '--perms', '0755', '--dir', '/tmp', ...binds],
  ].flat();
  const drop = ['setpriv', `--reuid=${SANDBOX_ID}`, `--regid=${SANDBOX_ID}`, '--clear-groups'];
  return {
    command: [
      'bwrap',
      '--args',
      String(outer),
      '--',
      ...drop,
      'bwrap',
      '--args',
      String(inner),
      '--',
      ...sandboxCommand(options),
    ],
    depth: 3,
    inputs: [
      joinArguments(view),
      joinArguments(sandboxArguments(options, views, descriptors)),
      filter(),
      ...etcFiles.map(([, text]) => text),
    ],
  };
}

function filter(): Buffer {
  const bytes = seccompFilter();
  if (bytes !== undefined) return bytes;
  throw new CrafterError('SANDBOX_UNAVAILABLE', `There is no system call filter for ${process.arch} processors.`, {
    hint: 'Run mcp-crafter on an x64 or arm64 machine.',
  });
}

function standBack(pid: number, { niceness = 0 }: SandboxLimits = {}): void {
  try {
    setPriority(pid, Math.min(getPriority() + niceness, 19));
  } catch {
    // A container may forbid it; whoever waits for its arguments would wait for good.
  }
}

const joinArguments = (args: readonly string[]): string => args.map((argument) => `${argument}\0`).join('');

/** Resolves when bwrap has made the sandbox's first process, or ended without. */
async function waitForInit(report: Readable): Promise<void> {
  let size = 0;
  for await (const chunk of report) {
    size += (chunk as Buffer).length;
    if (String(chunk).includes('}') || size > CONTROL_BYTES) return;
  }
}
