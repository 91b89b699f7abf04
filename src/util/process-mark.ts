import { readFileSync } from 'node:fs';

/** Names a process for as long as the machine runs: ids are used again, an id with its start is not. */
export function processMark(pid: number = process.pid): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): the name in parentheses may hold anything; the state is field 3, the start in clock ticks field 22.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `${pid}.${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** Whether the process that a mark names still lives. */
export function markLives(mark: string): boolean {
  const pid = Number.parseInt(mark, 10);
  return pid > 0 && processMark(pid) === mark;
}
