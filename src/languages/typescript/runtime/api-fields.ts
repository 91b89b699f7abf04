import { isRecord } from './schema.ts';

/** Names on the way to a field, by its dotted path: `items.id`; a step over a list means each of its items. */
type Tree = Map<string, Tree>;

/** The fields that name something in a value, as paths into it; a bare name may mean that of its list's items. */
export function fieldsIn(value: unknown, fields: readonly string[]): string[] {
  const list = longestList(value)?.join('.') ?? '';
  return fields.flatMap((field) => [field, `${list}.${field}`].find((path) => !isEmpty(project(value, [path]))) ?? []);
}

/** Whether there is nothing in it but empty lists and objects. */
function isEmpty(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === 'object' && value !== null && Object.values(value).every(isEmpty);
}

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

/** Where a value's list stands: itself, or its largest list at most four names deep. */
export function longestList(value: unknown): string[] | undefined {
  let best: { path: string[]; length: number } | undefined;
  const look = (part: unknown, path: string[]): void => {
    if (Array.isArray(part)) {
      if (part.length > (best?.length ?? 0)) best = { path, length: part.length };
    } else if (isRecord(part) && path.length < 4) {
      for (const [name, field] of Object.entries(part)) look(field, [...path, name]);
    }
  };
  look(value, []);
  return best?.path;
}

/** The part of a value at the end of a path of names. */
export function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, name) => (isRecord(part) ? part[name] : undefined), value);
}
