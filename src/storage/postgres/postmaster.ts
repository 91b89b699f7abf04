import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Place } from './place.ts';

export async function lastWords(place: Place): Promise<string> {
  const lines = (await readFile(place.log, 'utf8').catch(() => '')).trim().split('\n');
  const fatal = lines.findLast((line) => line.includes('FATAL:') || line.includes('PANIC:'));
  return (fatal ?? lines.at(-1) ?? '').replace(/^.*?(?:FATAL|PANIC):\s*/, '') || 'it said nothing';
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one (its manual, "Shutting Down the Server"). */
export async function stop(place: Place): Promise<void> {
  const pid = await postmaster(place);
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (pid === undefined || !alive(pid)) return;
    process.kill(pid, signal);
    for (let waited = 0; waited < 10_000 && alive(pid); waited += 10) await sleep(10);
  }
}

/** Process id of the running server; undefined when the file that names it is a leftover. */
async function postmaster(place: Place): Promise<number | undefined> {
  const text = await readFile(join(place.data, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!(pid > 1)) return undefined;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return commandLine === undefined || commandLine.includes(place.data) ? pid : undefined;
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
