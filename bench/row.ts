/** One measured figure and what it must reach. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Most the value may be; absent for figures that are only reported. */
  readonly most?: number;
  /** Least the value may be. */
  readonly least?: number;
  /** How it was measured: repetitions, baseline of the same run. */
  readonly how: string;
}

/** Writes the rows as a table on stderr and as one JSON document on stdout; gives whether all are reached. */
export function showRows(rows: readonly Row[]): boolean {
  const cells = rows.map((row) => [
    row.what,
    `${round(row.value)} ${row.unit}`,
    target(row),
    target(row) === '' ? '' : reached(row) ? 'yes' : 'NO',
    row.how,
  ]);
  const head = ['what', 'measured', 'reach', 'reached', 'how'];
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  process.stderr.write(
    `${[line(head), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join('\n')}\n`,
  );
  process.stdout.write(
    `${JSON.stringify(
      rows.map((row) => ({ ...row, reached: reached(row) })),
      null,
      2,
    )}\n`,
  );
  return rows.every(reached);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

function reached(row: Row): boolean {
  return (row.most === undefined || row.value <= row.most) && (row.least === undefined || row.value >= row.least);
}

function target(row: Row): string {
  if (row.most !== undefined) return `≤ ${row.most} ${row.unit}`;
  return row.least === undefined ? '' : `≥ ${row.least} ${row.unit}`;
}

function round(value: number): string {
  if (value >= 100 || Number.isInteger(value)) return value.toFixed(0);
  // Shares just below all must not read as all.
  return value >= 99 ? value.toPrecision(4) : value.toPrecision(3);
}
