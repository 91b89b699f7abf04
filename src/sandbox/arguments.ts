import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { assetUrl } from '../util/index.ts';
import { DEFAULT_PROCESSES } from './control-group-settings.ts';
import { hardLimit, nodeBinary, systemArguments } from './host.ts';
import type { Mount, SandboxLimits, SandboxOptions } from './types.ts';

const EGRESS_PORT = '3128';
export const TEMPORARY_BYTES = 64 * 1024 * 1024;
export const SHARED_MEMORY_BYTES = 16 * 1024 * 1024;
const OPEN_FILES = 8192;

/** Files that programs expect in /etc, with contents that say nothing about the host. */
export const etcFiles: readonly (readonly [path: string, text: string])[] = [
  ['/etc/hosts', '127.0.0.1 localhost\n::1 localhost\n'],
  ['/etc/passwd', 'sandbox:x:65534:65534:sandbox:/tmp:/bin/sh\n'],
];

/** Where distributions keep the authorities that TLS trusts; private keys lie beside these places. */
const publicCertificates = [
  '/etc/ssl/certs',
  '/etc/ssl/cert.pem',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/openssl.cnf',
  '/etc/pki/tls/certs',
  '/etc/pki/tls/cert.pem',
  '/etc/pki/tls/openssl.cnf',
  '/etc/pki/ca-trust/extracted',
];

/** Descriptors that the inner bwrap finds open. */
export interface Descriptors {
  readonly seccomp: number;
  readonly info: number;
  /** One for each of `etcFiles`. */
  readonly etc: readonly number[];
}

/** Everything that is mounted for a run: the caller's mounts, the pinned Node, and the way out when there is one. */
export function allMounts(options: SandboxOptions): Mount[] {
  const read = (source: string, target: string): Mount => ({ source, target, access: 'read' });
  const egress =
    options.egressSocket === undefined
      ? []
      : [
          read(options.egressSocket, '/egress/proxy.sock'),
          read(fileURLToPath(assetUrl('sandbox/bridge.cjs')), '/egress/bridge.cjs'),
          ...publicCertificates.filter(existsSync).map((path) => read(path, path)),
        ];
  return [read(nodeBinary(), '/node/bin/node'), ...egress, ...(options.mounts ?? [])];
}

/** Arguments of the bwrap that runs the program. `mounts` have sources as this bwrap sees them. */
export function sandboxArguments(
  options: SandboxOptions,
  mounts: readonly Mount[],
  descriptors: Descriptors,
): string[] {
  const environment = Object.entries(sandboxEnvironment(options)).flatMap(([name, value]) => ['--setenv', name, value]);
  const groups: readonly string[][] = [
    ['--unshare-all', '--unshare-user', '--disable-userns', '--uid', '65534', '--gid', '65534'],
    ['--hostname', 'sandbox', '--die-with-parent', '--new-session', '--clearenv', '--cap-drop', 'ALL'],
    systemArguments(),
    ['--proc', '/proc', '--dev', '/dev', '--size', String(SHARED_MEMORY_BYTES), '--tmpfs', '/dev/shm'],
    ['--perms', '1777', '--size', String(TEMPORARY_BYTES), '--tmpfs', '/tmp'],
    etcFiles.flatMap(([path], index) => ['--ro-bind-data', String(descriptors.etc[index]), path]),
    mounts.flatMap(({ source, target, access }) => [access === 'write' ? '--bind' : '--ro-bind', source, target]),
    ['--remount-ro', '/dev', '--remount-ro', '/'],
    environment,
    ['--chdir', startFolder(options, mounts)],
    ['--seccomp', String(descriptors.seccomp), '--info-fd', String(descriptors.info)],
  ];
  return groups.flat();
}

/** Where the program starts. */
export const startFolder = ({ cwd }: SandboxOptions, mounts: readonly Mount[]): string =>
  cwd ?? (mounts.some(({ target }) => target === '/app') ? '/app' : '/tmp');

/** The whole environment of the program. */
export function sandboxEnvironment(options: SandboxOptions): Record<string, string> {
  const proxy = `http://127.0.0.1:${EGRESS_PORT}`;
  const egress = {
    EGRESS_PORT,
    HTTP_PROXY: proxy,
    HTTPS_PROXY: proxy,
    http_proxy: proxy,
    https_proxy: proxy,
    NODE_USE_ENV_PROXY: '1',
    NODE_USE_SYSTEM_CA: '1',
  };
  return {
    PATH: '/node/bin:/usr/local/bin:/usr/bin:/bin',
    HOME: '/tmp',
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    ...options.env,
    ...(options.egressSocket === undefined ? {} : egress),
  };
}

/** The program with its limits and, when it has a way out, the bridge to it. */
export function sandboxCommand(options: SandboxOptions): string[] {
  const limits = options.limits ?? {};
  const processes = clamped('nproc', limits.processes ?? DEFAULT_PROCESSES, 'Max processes');
  const flags = [...resourceLimits(limits), ...processes].map(([name, value]) => `--${name}=${value}:${value}`);
  return ['/usr/bin/prlimit', ...flags, '--', ...withBridge(options)];
}

/** The command, with the bridge in front when it has a way out. */
export function withBridge({ command, egressSocket }: SandboxOptions): readonly string[] {
  if (egressSocket === undefined) return command;
  const [program, ...rest] = command;
  if (program === '/node/bin/node') return [program, '--require', '/egress/bridge.cjs', ...rest];
  return ['/node/bin/node', '/egress/bridge.cjs', ...command];
}

/** Limits of each process by the names that prlimit and Docker share; none above what this process may have itself. */
export const resourceLimits = (limits: SandboxLimits): [name: string, value: number][] => [
  // Not 0: a program that collects cores would be handed them all the same.
  ...clamped('core', 1, 'Max core file size'),
  // Not `as`: V8 reserves address space far beyond what it uses.
  ...clamped('data', limits.memoryBytes, 'Max data size'),
  ...clamped('fsize', limits.fileBytes, 'Max file size'),
  ...clamped('cpu', limits.cpuSeconds, 'Max cpu time'),
  ...clamped('nofile', OPEN_FILES, 'Max open files'),
];

function clamped(name: string, wanted: number | undefined, limit: string): [name: string, value: number][] {
  return wanted === undefined ? [] : [[name, Math.min(Math.ceil(wanted), hardLimit(limit))]];
}
