import { SHARED_MEMORY_BYTES, TEMPORARY_BYTES, resourceLimits, withBridge } from './arguments.ts';
import { DEFAULT_MEMORY, DEFAULT_PROCESSES, PROCESSOR_PERIOD, quota, weight } from './control-group-settings.ts';
import type { HandedOver } from './docker-environment.ts';
import { dockerSeccomp } from './docker-seccomp.ts';
import { sandboxUser, standingBack, systemPlaces } from './host.ts';
import type { Mount, SandboxOptions } from './types.ts';

/** Docker's init stands beside the program. */
const OWN_PROCESSES = 1;

export interface ContainerParts extends Pick<HandedOver, 'known' | 'reader'> {
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Where the program starts. */
  readonly folder: string;
}

/** A container that shows a program what bubblewrap would show it, with the same rights and limits; body of `create`. */
export function containerOf(
  options: SandboxOptions,
  mounts: readonly Mount[],
  { image, labels, folder, known, reader }: ContainerParts,
): object {
  const { id, group } = sandboxUser();
  return {
    Image: image,
    Labels: labels,
    Hostname: 'sandbox',
    User: `${id}:${group}`,
    Env: known,
    Cmd: [...reader, ...standingBack(options.limits), ...withBridge(options)],
    WorkingDir: folder,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    OpenStdin: true,
    StdinOnce: true,
    HostConfig: {
      Init: true,
      NetworkMode: 'none',
      IpcMode: 'private',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges', `seccomp=${dockerSeccomp()}`],
      LogConfig: { Type: 'none' },
      Mounts: mountsOf(mounts),
      // An empty one over /sys: it tells of the host's devices.
      Tmpfs: { '/tmp': `rw,exec,nosuid,nodev,mode=1777,size=${TEMPORARY_BYTES}`, '/sys': 'ro,size=4096' },
      ShmSize: SHARED_MEMORY_BYTES,
      ...limitsOf(options),
    },
  };
}

function limitsOf({ limits = {} }: SandboxOptions): object {
  const memory = Math.ceil(limits.memoryBytes ?? DEFAULT_MEMORY);
  return {
    Memory: memory,
    MemorySwap: memory,
    // Not nproc: the kernel counts that for a user in all containers together.
    // Not NanoCpus: a daemon that cannot limit them would make no container at all.
    CpuPeriod: PROCESSOR_PERIOD,
    CpuQuota: quota(limits) ?? 0,
    CpuShares: weight(1024, limits),
    PidsLimit: (limits.processes ?? DEFAULT_PROCESSES) + OWN_PROCESSES,
    Ulimits: resourceLimits(limits).map(([Name, value]) => ({
      Name,
      Soft: value,
      Hard: value,
    })),
  };
}

/** What is mounted below a folder that may only be read would stay writable in it: it is left out. */
function mountsOf(mounts: readonly Mount[]): object[] {
  const system = ['/usr', ...systemPlaces().flatMap(({ path, link }) => (link === undefined ? [path] : []))];
  const bind = (Source: string, Target: string, write: boolean): object => ({
    Type: 'bind',
    Source,
    Target,
    ReadOnly: !write,
    BindOptions: { Propagation: 'rprivate', NonRecursive: !write },
  });
  return [
    ...system.filter((path) => path !== '/sbin').map((path) => bind(path, path, false)),
    // Docker would lay the host's here.
    bind('/dev/null', '/etc/resolv.conf', false),
    ...mounts.map(({ source, target, access }) => bind(source, target, access === 'write')),
  ];
}
