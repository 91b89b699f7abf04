import { isRecord } from './schema.ts';

/** A list of which only the first items are shown. */
export interface CutList {
  /** Dotted path; empty for the answer itself. */
  readonly path: string;
  readonly shown: number;
  readonly total: number;
}

export interface Cut {
  readonly value: unknown;
  readonly lists: CutList[];
}

/**
 * The value in at most so many characters of JSON, or nearly: lists keep their first whole items, small fields stay whole,
 * long texts end with an ellipsis.
 */
export function cutValue(value: unknown, room: number): Cut {
  const lists: CutList[] = [];
  return { value: cut(value, room, '', lists), lists };
}

function cut(value: unknown, room: number, path: string, lists: CutList[]): unknown {
  if (sizeOf(value) <= room) return value;
  if (typeof value === 'string') return `${value.slice(0, Math.max(0, room - 20))}…`.toWellFormed();
  if (Array.isArray(value)) return cutList(value, room, path, lists);
  return isRecord(value) ? cutFields(value, room, path, lists) : value;
}

function cutList(items: readonly unknown[], room: number, path: string, lists: CutList[]): unknown[] {
  let left = room - 2;
  let count = 0;
  for (; count < items.length; count++) {
    left -= sizeOf(items[count]) + 1;
    if (left < 0) break;
  }
  // Where not even one fits, a part of it says more than nothing.
  const shown = count > 0 ? items.slice(0, count) : [cut(items[0], room - 2, join(path, '0'), lists)];
  lists.push({ path, shown: shown.length, total: items.length });
  return shown;
}

/** The room is shared: what needs less than its share leaves the rest to the others. */
function cutFields(
  value: Record<string, unknown>,
  room: number,
  path: string,
  lists: CutList[],
): Record<string, unknown> {
  const fields = Object.entries(value).map(([name, field]) => ({ name, field, size: sizeOf(field) + name.length + 4 }));
  const bySize = fields.toSorted((a, b) => a.size - b.size);
  const kept = new Map<string, unknown>();
  let left = room - 2;
  for (const [index, { name, field, size }] of bySize.entries()) {
    const share = Math.floor(left / (bySize.length - index));
    if (size > share && share < 40) continue;
    const part = size <= share ? field : cut(field, share - name.length - 4, join(path, name), lists);
    kept.set(name, part);
    left -= size <= share ? size : Math.min(share, sizeOf(part) + name.length + 4);
  }
  // In the order of the answer.
  return Object.fromEntries(fields.filter(({ name }) => kept.has(name)).map(({ name }) => [name, kept.get(name)]));
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function sizeOf(value: unknown): number {
  return JSON.stringify(value)?.length ?? 0;
}
