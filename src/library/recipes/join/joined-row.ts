import { makeRow, type Row } from '#shared/dataset.ts';

/** What the right side's columns are called in the result; its keys are left out, they stand on the left. */
export function nameColumns(
  left: ReadonlySet<string>,
  right: ReadonlySet<string>,
  keys: { right: readonly string[] },
): Map<string, string> {
  const names = new Map<string, string>();
  const used = new Set(left);
  for (const column of right) {
    if (keys.right.includes(column)) continue;
    let name = used.has(column) ? `${column}_right` : column;
    for (let number = 2; used.has(name); number += 1) name = `${column}_right_${number}`;
    used.add(name);
    names.set(column, name);
  }
  return names;
}

export function joined(left: Row, right: Row, columns: ReadonlySet<string>, names: ReadonlyMap<string, string>): Row {
  const row = makeRow();
  for (const column of columns) row[column] = left[column] ?? null;
  for (const [column, name] of names) row[name] = right[column] ?? null;
  return row;
}

export function rightOnly(
  right: Row,
  columns: ReadonlySet<string>,
  names: ReadonlyMap<string, string>,
  keys: { left: readonly string[]; right: readonly string[] },
): Row {
  const row = joined({}, right, columns, names);
  for (const [index, column] of keys.left.entries()) row[column] = right[keys.right[index]!] ?? null;
  return row;
}
