import { existsSync, lstatSync, openSync, readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { SandboxLimits } from './types.ts';

/**
 * uid and gid that generated code has on the host when mcp-crafter runs as root: no account's. Distributions give out none of
 * 65520 to 65533 (Debian policy 9.2.2, systemd's UIDS-GIDS); other programs run as `nobody`, and the same user may read
 * a process's environment and signal it.
 */
export const SANDBOX_ID = 65525;

export const runsAsRoot = (): boolean => process.getuid?.() === 0;

/**
 * Whom generated code is to the host in a container: there a user cannot be shown as another one. An ordinary user's
 * has that user's rights, without capabilities, on what is mounted; in bubblewrap it is the same under another name.
 */
export const sandboxUser = (): { readonly id: number; readonly group: number } =>
  runsAsRoot()
    ? { id: SANDBOX_ID, group: SANDBOX_ID }
    : { id: process.getuid?.() ?? SANDBOX_ID, group: process.getgid?.() ?? SANDBOX_ID };

/** Full path of a program of the host, or undefined. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/bin', '/usr/sbin'];
  return folders
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, name))
    .find(existsSync);
}

/** The Node that runs this process is the pinned one; generated code gets the same. */
export const nodeBinary = (): string => realpathSync(process.execPath);

/** Words before a command that make it stand back; the program takes their place. */
export const standingBack = ({ niceness = 0 }: SandboxLimits = {}): string[] =>
  niceness === 0 ? [] : ['nice', '-n', String(niceness)];

/** The places of the host's programs and libraries beside /usr: links into it, or on older systems folders. */
export function systemPlaces(): { readonly path: string; readonly link: string | undefined }[] {
  return ['/bin', '/sbin', '/lib', '/lib32', '/lib64'].flatMap((path) => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return stat === undefined ? [] : [{ path, link: stat.isSymbolicLink() ? readlinkSync(path) : undefined }];
  });
}

/** bwrap arguments that show the host's programs and libraries, read-only. */
export const systemArguments = (): string[] => [
  '--ro-bind',
  '/usr',
  '/usr',
  ...systemPlaces().flatMap(({ path, link }) =>
    link === undefined ? ['--ro-bind', path, path] : ['--symlink', link, path],
  ),
];

/** Hard limit of this process by its name in /proc/self/limits; a sandboxed program cannot get more. */
export function hardLimit(name: string): number {
  const line = readFileSync('/proc/self/limits', 'utf8')
    .split('\n')
    .find((text) => text.startsWith(name));
  const hard = line?.slice(name.length).trim().split(/\s+/)[1];
  return hard === undefined || hard === 'unlimited' ? Number.POSITIVE_INFINITY : Number(hard);
}

/** O_CLOEXEC, in octal as /proc/self/fdinfo shows it. */
const CLOSE_ON_EXEC = 0o2000000;
let inherited: readonly number[] | undefined;
let nothing: number | undefined;

/**
 * The descriptors of a child, with /dev/null over every descriptor that this process was
 * started with: Node closes only those it opened itself, and bwrap passes on what it finds.
 */
export function closedStdio<T>(own: readonly T[]): (T | 'ignore' | number)[] {
  inherited ??= inheritableDescriptors();
  const foreign = inherited.filter((descriptor) => descriptor >= own.length);
  if (foreign.length === 0) return [...own];
  const empty = (nothing ??= openSync('/dev/null', 'r'));
  const all = Array.from(
    { length: Math.max(...foreign) + 1 },
    (_, index): T | 'ignore' | number => own[index] ?? 'ignore',
  );
  for (const descriptor of foreign) all[descriptor] = empty;
  return all;
}

function inheritableDescriptors(): number[] {
  return readdirSync('/proc/self/fd')
    .map(Number)
    .filter((descriptor) => {
      try {
        const flags = /^flags:\s+(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1] ?? '';
        return (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
      } catch {
        return false;
      }
    });
}
