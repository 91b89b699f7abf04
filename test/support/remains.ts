import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Living processes that have to do with a folder: by command line, environment, working folder or what they see mounted. */
export function processesOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid && livesIn(pid, folder))
    .map(
      (pid) =>
        `${pid} ${quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
          .replaceAll('\0', ' ')
          .slice(0, 200)}`,
    );
}

function livesIn(pid: string, folder: string): boolean {
  if (/^\d+ \(.*\) [ZX] /s.test(quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8')))) return false;
  const files = ['cmdline', 'environ', 'mountinfo'].map((name) =>
    quietly(() => readFileSync(`/proc/${pid}/${name}`, 'utf8')),
  );
  return [...files, quietly(() => readlinkSync(`/proc/${pid}/cwd`))].some((text) => text.includes(folder));
}

function quietly(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

/** Process ids of the programs of servers, tried and running, that see a part of a state folder. */
export function programsIn(stateFolder: string): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    const [program = '', ...words] = quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
    return program.endsWith('/node') && words.includes('/app/main.mjs') && mountsOf(pid).includes(`${stateFolder}/`)
      ? [Number(pid)]
      : [];
  });
}

const mountsOf = (pid: number | string): string => quietly(() => readFileSync(`/proc/${pid}/mountinfo`, 'utf8'));

/** Names of the servers whose programs live in the workspaces of a state folder, one for each program, sorted. */
export const serversLivingIn = (stateFolder: string): string[] =>
  programsIn(stateFolder)
    .flatMap((pid) => /\/workspaces\/([\w-]+) /.exec(mountsOf(pid))?.[1] ?? [])
    .toSorted();

/** What a stopped service has left in its state folder and should not: half trees, throwaway folders, sockets, locks. */
export function leftoversIn(stateFolder: string): string[] {
  return readdirSync(stateFolder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name).slice(stateFolder.length + 1) }))
    .filter(({ path }) => !/(^|\/)node_modules\//.test(path))
    .filter(
      ({ entry, path }) => entry.isSocket() || /^(tmp|run)\/./.test(path) || /\.(tmp|new|old|partial)$/.test(path),
    )
    .map(({ path }) => path);
}

/** Local addresses, without ports, of TCP sockets on which a process listens, as `/proc/net/tcp` writes them. */
export function listensAt(pid: number): string[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .map((row) => row.trim().split(/\s+/))
      .flatMap(([, local = '', , mode, , , , , , inode = '']) =>
        mode === '0A' && inodes.has(inode) ? [local.split(':')[0] ?? ''] : [],
      ),
  );
}
