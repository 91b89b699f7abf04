/** Shorter values would turn up in innocent words. */
const shortest = 4;

export interface Mask {
  add(name: string, value: string): void;
  apply(text: string): string;
}

/**
 * Knows values that must not be shown, also as they stand inside of JSON, URLs and base64. It forgets none:
 * a value that was replaced or deleted may still be on its way to a log.
 */
export function createMask(): Mask {
  const names = new Map<string, string>();
  let longestFirst: readonly string[] = [];
  return {
    add(name, value) {
      if (value.length < shortest || names.has(value)) return;
      for (const form of formsOf(value)) names.set(form, names.get(form) ?? name);
      longestFirst = [...names.keys()].toSorted((a, b) => b.length - a.length);
    },
    apply(text) {
      const found = longestFirst.filter((value) => text.includes(value));
      if (found.length === 0) return text;
      // One pass, so that what replaces a value is not searched again.
      const pattern = new RegExp(found.map(escape).join('|'), 'g');
      return text.replace(pattern, (value) => `[secret ${names.get(value)}]`);
    },
  };
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

function formsOf(value: string): Set<string> {
  const bytes = Buffer.from(value);
  const forms = [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(bytes.toString('utf8'))];
  // Base64 of short values is too likely to be met by chance.
  if (bytes.length >= 8) forms.push(bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url'));
  return new Set(forms);
}
