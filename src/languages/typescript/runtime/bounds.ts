/** Deeper arguments would overrun the stack of whatever walks them; no API and no form comes near. */
const maxDepth = 100;
/** Values in all: lists and objects with everything in them. */
const maxValues = 250_000;
/** Comparisons that telling the entries of lists apart may take: about half a second. */
const maxComparisons = 25_000_000;

/**
 * Says which bound a call's arguments break, before anything else reads them: nested too deep, too many values, or a
 * text of more than `maxBytes` bytes.
 */
export function beyondBounds(args: unknown, maxBytes: number): string | undefined {
  let values = 0;
  let level: (readonly [name: string, value: unknown])[] = [['', args]];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return `${level[0]![0]}: nested more than ${maxDepth} deep`;
    const next: typeof level = [];
    for (const [name, value] of level) {
      if ((values += 1) > maxValues) return `${name}: more than ${maxValues} values in all`;
      const bytes = typeof value === 'string' ? bytesOver(value, maxBytes) : undefined;
      if (bytes !== undefined) return `${name}: ${bytes} bytes, over the limit of ${maxBytes} bytes`;
      if (typeof value !== 'object' || value === null) continue;
      for (const [key, part] of Object.entries(value)) next.push([depth === 0 ? `/${key}` : name, part]);
    }
    level = next;
  }
  return undefined;
}

/** Size of a text that is too large. A character has three bytes at most: most texts are judged without encoding them. */
function bytesOver(text: string, maxBytes: number): number | undefined {
  if (text.length * 3 <= maxBytes) return undefined;
  const bytes = Buffer.byteLength(text);
  return bytes > maxBytes ? bytes : undefined;
}

/**
 * Says when lists are too long for schemas that want their entries unique: each is compared with each, and nothing
 * could end that.
 */
export function crowded(schemas: readonly unknown[], value: unknown): string | undefined {
  let comparisons = 0;
  const open = [value];
  while (open.length > 0) {
    const part = open.pop();
    if (typeof part !== 'object' || part === null) continue;
    if (Array.isArray(part)) comparisons += part.length ** 2;
    for (const child of Object.values(part)) if (typeof child === 'object') open.push(child);
  }
  if (comparisons <= maxComparisons || !JSON.stringify(schemas).includes('"uniqueItems":true')) return undefined;
  return `the lists are too long to tell their entries apart; at most ${Math.sqrt(maxComparisons)} in one`;
}
