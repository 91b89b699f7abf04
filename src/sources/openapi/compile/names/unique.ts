import { namesFromId } from './from-id.ts';
import type { Nameable } from './from-id.ts';
import { mark, nameFromPath, segmentsOf } from './from-path.ts';
import { shortened } from './shorten.ts';
import { nameWords } from './words.ts';

/** Names of the tools beside the operations. */
const reserved = new Set([
  'search_operations',
  'describe_operation',
  'call_read_operation',
  'call_write_operation',
  'read_answer',
  'authorize',
]);

/**
 * A name for each operation: unique, at most 64 characters, made from the operation itself, so that it stays the same
 * whatever the order of the document. Where two want one name, the plainest path keeps it and the others add what
 * tells them apart.
 */
export function uniqueNames(operations: readonly Nameable[]): string[] {
  const candidates = operations.map(candidatesOf);
  const names = Array.from({ length: operations.length }, () => '');
  const taken = new Set(reserved);
  let open = operations.map((_operation, at) => at);
  for (let level = 0; open.length > 0; level += 1) {
    const wishes = new Map<string, number[]>();
    for (const at of open) {
      const wish = candidates[at]?.[level] ?? '';
      if (wish !== '' && !taken.has(wish)) wishes.set(wish, [...(wishes.get(wish) ?? []), at]);
    }
    for (const [wish, wanting] of wishes) {
      const first = wanting.toSorted((a, b) => plainness(operations[a]!, operations[b]!))[0];
      if (first === undefined) continue;
      names[first] = wish;
      taken.add(wish);
    }
    open = open.filter((at) => names[at] === '');
    if (level > 8) for (const at of open) names[at] = lastResort(operations[at]!, taken);
    if (level > 8) break;
  }
  return names;
}

/** From the plain name to ever more exact ones. */
function candidatesOf(operation: Nameable): string[] {
  const fromId = namesFromId(operation);
  const plain = fromId.length > 0 ? fromId : [nameFromPath(operation)];
  const base = plain.at(-1) ?? [];
  const path = segmentsOf(operation.path);
  const parameters = path.filter(({ parameter }) => parameter).at(-1);
  const by = parameters === undefined || path.at(-1)?.parameter !== true ? [] : ['by', ...parameters.words];
  const others = nameWords(operation.path).filter((word) => !base.includes(word));
  const method = operation.method.toLowerCase();
  const full = nameFromPath({ ...operation, path: operation.path.replaceAll(/[{}]/g, '') });
  return [
    ...plain,
    ...(fromId.length > 0 || by.length === 0 ? [] : [[...base, ...by]]),
    ...(others.length > 0 ? [[...base, ...others]] : []),
    ...(base.includes(method) ? [] : [[...base, method]]),
    [...base, ...others, method],
    full,
    [...base, mark(operation.method, operation.path)],
  ].map((words) => shortened(words, mark(operation.method, operation.path)));
}

function lastResort(operation: Nameable, taken: Set<string>): string {
  const base = `operation_${mark(operation.method, operation.path)}`;
  let name = base;
  for (let count = 2; taken.has(name); count += 1) name = `${base}_${count}`;
  taken.add(name);
  return name;
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Fewer segments first, then by method, then by path. */
function plainness(a: Nameable, b: Nameable): number {
  const rank = (method: string): number => (methods.includes(method) ? methods.indexOf(method) : methods.length);
  return (
    a.path.split('/').length - b.path.split('/').length ||
    a.path.length - b.path.length ||
    (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) ||
    rank(a.method) - rank(b.method) ||
    (a.method < b.method ? -1 : 1)
  );
}
