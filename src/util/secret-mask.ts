/** Shorter values would turn up in innocent words. */
const shortest = 4;
/** Lines of a value that has several are values too, since logs take them one by one; shorter ones are brackets. */
const shortestLine = 8;

export interface Mask {
  /** From now on the value is replaced by `[secret NAME]`. */
  add(name: string, value: string): void;
  /** Values that are made anew all the time would pile up. */
  forget(value: string): void;
  apply(text: string): string;
}

/**
 * Knows values that must not be shown, without space around them, also as they stand in base64 and hexadecimal, and each
 * of these in JSON, URLs and forms. What it costs depends on the text, hardly on how many values there are.
 */
export function createMask(): Mask {
  const known = new Map<string, readonly Form[]>();
  let replace: ((text: string) => string) | undefined;
  return {
    add(name, value) {
      if (value.trim().length < shortest || known.has(value)) return;
      known.set(value, formsOf(value, `[secret ${name}]`));
      replace = undefined;
    },
    forget(value) {
      if (known.delete(value)) replace = undefined;
    },
    apply(text) {
      replace ??= replacing([...known.values()].flat());
      return replace(text);
    },
  };
}

interface Form {
  /** As a reading finds it. */
  readonly bare: string;
  readonly label: string;
}

/** Where a form stands in a text. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** Undoes what writers of JSON, any number of them within one another, put before characters or in their place. */
interface Reading {
  /** The first group is the code of the character that one stands for, if it does for any. */
  readonly escapes: RegExp;
  bareOf(text: string): string;
}

/** Backslashes are dropped. */
const plainly: Reading = { escapes: /\\+/g, bareOf: (text) => text.replaceAll('\\', '') };

/** And `\u002B` is read as `+`; its backslash may be `\u005c`. Bounded, since the stack of expressions is. */
const undone: Reading = {
  escapes: /\\(?:\\|u005c){0,999}(?:u([0-9a-f]{4}))?/gi,
  bareOf: (text) => text.replace(undone.escapes, (_, code?: string) => (code === undefined ? '' : character(code))),
};

const character = (code: string): string => String.fromCharCode(Number.parseInt(code, 16));

/** What looks like a code is read both ways: it may be a backslash before the value `udead…`. */
const readingsOf = (text: string): Reading[] => (/\\u[0-9a-f]{4}/i.test(text) ? [plainly, undone] : [plainly]);

function replacing(forms: readonly Form[]): (text: string) => string {
  if (forms.length === 0) return (text) => text;
  const find = finding(forms);
  return (text) => {
    const places = readingsOf(text).flatMap((reading) => find(text, reading));
    let masked = '';
    let done = 0;
    for (const { start, end, label } of places.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
      if (start >= done) masked += text.slice(done, start) + label;
      done = Math.max(done, end);
    }
    return masked + text.slice(done);
  };
}

/** Looks for the first characters of all forms at once, then for the longest form there: whole ones make patterns too large. */
function finding(forms: readonly Form[]): (text: string, reading: Reading) => Place[] {
  const longestFirst = forms.toSorted((a, b) => b.bare.length - a.bare.length);
  const byStart = Map.groupBy(longestFirst, ({ bare }) => bare.slice(0, shortest));
  const starts = new RegExp([...byStart.keys()].map(literally).join('|'), 'g');
  return (text, reading) => {
    const bare = reading.bareOf(text);
    const placeIn = placesIn(text, reading.escapes);
    const places: Place[] = [];
    starts.lastIndex = 0;
    for (let match = starts.exec(bare); match !== null; match = starts.exec(bare)) {
      const { index } = match;
      const found = byStart.get(match[0])?.find((form) => bare.startsWith(form.bare, index));
      starts.lastIndex = index + (found?.bare.length ?? 1);
      if (found === undefined) continue;
      const { start } = placeIn(index);
      places.push({ start, end: placeIn(starts.lastIndex - 1).end, label: found.label });
    }
    return places;
  };
}

const literally = (text: string): string => text.replace(/[^A-Za-z0-9]/g, (mark) => `\\u${hexadecimal(mark)}`);
const hexadecimal = (mark: string): string => mark.charCodeAt(0).toString(16).padStart(4, '0');

/** Tells where a character of the bare text stands in the text; asked for later and later ones. */
function placesIn(text: string, escapes: RegExp): (index: number) => { start: number; end: number } {
  const all = text.matchAll(escapes);
  let next = all.next().value;
  let left = 0;
  return (index) => {
    for (; next !== undefined && next.index - left <= index; next = all.next().value) {
      const [whole, code] = next;
      if (next.index - left === index && code !== undefined)
        return { start: next.index, end: next.index + whole.length };
      left += whole.length - (code === undefined ? 0 : 1);
    }
    return { start: index + left, end: index + left + 1 };
  };
}

function formsOf(value: string, label: string): Form[] {
  const lines = value.split(/[\r\n]+/).map((line) => line.trim());
  const values = [value.trim(), ...lines.filter((line) => line.length >= shortestLine)];
  const written = [...new Set(values)].flatMap(encoded).flatMap(escaped);
  const bare = [plainly, undone].flatMap(({ bareOf }) => written.map(bareOf));
  return [...new Set(bare)].filter(({ length }) => length >= shortest).map((text) => ({ bare: text, label }));
}

function encoded(value: string): string[] {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  // Whatever stands before and after it, and at each of three alignments: the characters that it alone decides.
  const base64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3)),
  );
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [value, hex, hex.toUpperCase(), ...base64, ...base64url];
}

/** As it is; in JSON; in URLs and forms, whose writers differ in what they leave. */
function escaped(text: string): string[] {
  if (/^[\w.-]*$/.test(text)) return [text];
  const json = JSON.stringify(text).slice(1, -1);
  const url = encodeURIComponent(text.toWellFormed());
  const strict = url.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams([['', text]]).toString().slice(1);
  const urls = [encodeURI(text.toWellFormed()), url, strict, form];
  const lower = urls.map((each) => each.replace(/%../g, (byte) => byte.toLowerCase()));
  return [text, json, ...urls, ...lower];
}
