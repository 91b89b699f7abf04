type Edit = { readonly kind: ' ' | '-' | '+'; readonly line: string };

const contextLines = 3;
/** Above this many comparisons the middle is shown as replaced: exact, only less fine. */
const maxComparisons = 4_000_000;

/** A file's unified difference, or nothing when the texts are equal; an absent text is a file that is not there. */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return '';
  const edits = editsBetween(linesOf(before), linesOf(after));
  const head = `--- ${before === undefined ? '/dev/null' : `a/${path}`}\n+++ ${after === undefined ? '/dev/null' : `b/${path}`}\n`;
  return head + hunks(edits).join('');
}

function linesOf(text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function editsBetween(before: readonly string[], after: readonly string[]): Edit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const same = (line: string): Edit => ({ kind: ' ', line });
  const middle = compare(before.slice(start, before.length - end), after.slice(start, after.length - end));
  return [...before.slice(0, start).map(same), ...middle, ...before.slice(before.length - end).map(same)];
}

/** Longest common subsequence. */
function compare(before: readonly string[], after: readonly string[]): Edit[] {
  if (before.length * after.length > maxComparisons) {
    return [...before.map((line): Edit => ({ kind: '-', line })), ...after.map((line): Edit => ({ kind: '+', line }))];
  }
  const width = after.length + 1;
  const longest = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const below = longest[(i + 1) * width + j]!;
      const beside = longest[i * width + j + 1]!;
      longest[i * width + j] = before[i] === after[j] ? longest[(i + 1) * width + j + 1]! + 1 : Math.max(below, beside);
    }
  }
  const edits: Edit[] = [];
  for (let i = 0, j = 0; i < before.length || j < after.length;) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      edits.push({ kind: ' ', line: before[i++]! });
      j++;
    } else if (
      j === after.length ||
      (i < before.length && longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!)
    ) {
      edits.push({ kind: '-', line: before[i++]! });
    } else edits.push({ kind: '+', line: after[j++]! });
  }
  return edits;
}

function hunks(edits: readonly Edit[]): string[] {
  const near = edits.map((_, at) =>
    edits.slice(Math.max(0, at - contextLines), at + contextLines + 1).some(({ kind }) => kind !== ' '),
  );
  const found: string[] = [];
  let [oldLine, newLine] = [1, 1];
  for (let at = 0; at < edits.length;) {
    if (!near[at]) {
      oldLine++;
      newLine++;
      at++;
      continue;
    }
    let end = at;
    while (end < edits.length && near[end]) end++;
    const part = edits.slice(at, end);
    const removed = part.filter(({ kind }) => kind !== '+').length;
    const added = part.filter(({ kind }) => kind !== '-').length;
    const range = (line: number, count: number) => `${count === 0 ? line - 1 : line},${count}`;
    found.push(
      `@@ -${range(oldLine, removed)} +${range(newLine, added)} @@\n${part.map(({ kind, line }) => `${kind}${line}\n`).join('')}`,
    );
    oldLine += removed;
    newLine += added;
    at = end;
  }
  return found;
}
