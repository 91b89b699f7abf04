import { readFile, readdir } from 'node:fs/promises';

/** Pids of the direct children of a process of this host, whatever thread started them. */
export async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return lists.join(' ').split(' ').filter(Boolean).map(Number);
}

/** A process and everything below it. */
export async function treeOf(pid: number): Promise<number[]> {
  const children = await childrenOf(pid);
  return [pid, ...(await Promise.all(children.map(treeOf))).flat()];
}

/** Memory of a process tree in bytes: the proportional share of each, or the resident size where that is hidden. */
export async function treeMemory(pid: number): Promise<number> {
  const sizes = await Promise.all((await treeOf(pid)).map(processMemory));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function processMemory(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const proportional = /^Pss:\s+(\d+) kB/m.exec(rollup)?.[1];
  if (proportional !== undefined) return Number(proportional) * 1024;
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}
