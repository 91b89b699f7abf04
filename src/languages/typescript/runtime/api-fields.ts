import { isRecord } from './schema.ts';

/** Names on the way to a field, by its dotted path: `items.id`; a step over a list means each of its items. */
type Tree = Map<string, Tree>;

/** The parts of a value that the paths name, in the value's own shape. Paths that lead nowhere are left out. */
export function project(value: unknown, fields: readonly string[]): unknown {
  const tree: Tree = new Map();
  for (const field of fields)
    grow(
      tree,
      field
        .replace(/\[(?:\d+|\*)?\]/g, '')
        .split('.')
        .filter((name) => name !== ''),
    );
  return pick(value, tree);
}

function grow(tree: Tree, path: readonly string[]): void {
  let node = tree;
  for (const name of path) {
    const next = node.get(name) ?? new Map();
    node.set(name, next);
    node = next;
  }
}

function pick(value: unknown, tree: Tree): unknown {
  if (tree.size === 0) return value;
  if (Array.isArray(value)) return value.map((item) => pick(item, tree)).filter((item) => item !== undefined);
  if (!isRecord(value)) return undefined;
  const picked = [...tree].flatMap(([name, below]) => {
    const part = Object.hasOwn(value, name) ? pick(value[name], below) : undefined;
    return part === undefined ? [] : [[name, part] as const];
  });
  return Object.fromEntries(picked);
}
