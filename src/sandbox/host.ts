import { existsSync, lstatSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** uid and gid that generated code has inside, and on the host too when mcp-crafter runs as root (`nobody`). */
export const SANDBOX_ID = 65534;

export const runsAsRoot = (): boolean => process.getuid?.() === 0;

/** Full path of a program of the host, or undefined. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/bin', '/usr/sbin'];
  return folders.filter((folder) => folder.startsWith('/')).map((folder) => join(folder, name)).find(existsSync);
}

/** The Node that runs this process is the pinned one; generated code gets the same. */
export const nodeBinary = (): string => realpathSync(process.execPath);

/** bwrap arguments that show the host's programs and libraries, read-only. */
export function systemArguments(): string[] {
  const links = ['bin', 'sbin', 'lib', 'lib32', 'lib64'].flatMap((name) => {
    const stat = lstatSync(`/${name}`, { throwIfNoEntry: false });
    if (stat === undefined) return [];
    return stat.isSymbolicLink() ? ['--symlink', readlinkSync(`/${name}`), `/${name}`] : ['--ro-bind', `/${name}`, `/${name}`];
  });
  return ['--ro-bind', '/usr', '/usr', ...links];
}

/** Hard limit of this process by its name in /proc/self/limits; a sandboxed program cannot get more. */
export function hardLimit(name: string): number {
  const line = readFileSync('/proc/self/limits', 'utf8').split('\n').find((text) => text.startsWith(name));
  const hard = line?.slice(name.length).trim().split(/\s+/)[1];
  return hard === undefined || hard === 'unlimited' ? Number.POSITIVE_INFINITY : Number(hard);
}
