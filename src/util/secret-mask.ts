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
 * Knows values that must not be shown, also as they stand in base64 and hexadecimal, and each of these in JSON, URLs
 * and forms. What it costs depends on the text, hardly on how many values there are.
 */
export function createMask(): Mask {
  const known = new Map<string, readonly Form[]>();
  let replace: ((text: string) => string) | undefined;
  return {
    add(name, value) {
      if (value.length < shortest || known.has(value)) return;
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
  /** Without backslashes: JSON within JSON, or within what a program prints for people, has any number of them. */
  readonly bare: string;
  readonly label: string;
}

const bareOf = (text: string): string => text.replaceAll('\\', '');

/** Looks for the first characters of all forms at once, then for the longest form there: whole ones make patterns too large. */
function replacing(forms: readonly Form[]): (text: string) => string {
  if (forms.length === 0) return (text) => text;
  const longestFirst = forms.toSorted((a, b) => b.bare.length - a.bare.length);
  const byStart = Map.groupBy(longestFirst, ({ bare }) => bare.slice(0, shortest));
  const starts = new RegExp([...byStart.keys()].map(literally).join('|'), 'g');
  return (text) => {
    const bare = bareOf(text);
    const placeIn = placesIn(text);
    let masked = '';
    let done = 0;
    starts.lastIndex = 0;
    for (let match = starts.exec(bare); match !== null; match = starts.exec(bare)) {
      const { index } = match;
      const found = byStart.get(match[0])?.find((form) => bare.startsWith(form.bare, index));
      starts.lastIndex = index + (found?.bare.length ?? 1);
      if (found === undefined) continue;
      masked += text.slice(done, placeIn(index)) + found.label;
      done = placeIn(starts.lastIndex - 1) + 1;
    }
    return masked + text.slice(done);
  };
}

const literally = (text: string): string => text.replace(/[^A-Za-z0-9]/g, (mark) => `\\u${hexadecimal(mark)}`);
const hexadecimal = (mark: string): string => mark.charCodeAt(0).toString(16).padStart(4, '0');

/** Tells where a character of the bare text stands in the text; asked for later and later ones. */
function placesIn(text: string): (index: number) => number {
  let place = 0;
  let seen = 0;
  return (index) => {
    for (; text[place] === '\\' || seen < index; place += 1) if (text[place] !== '\\') seen += 1;
    return place;
  };
}

function formsOf(value: string, label: string): Form[] {
  const lines = value.split(/[\r\n]+/).filter((line) => line.length >= shortestLine);
  const written = [...new Set([value, ...lines])].flatMap(encoded).flatMap(escaped);
  return [...new Set(written.map(bareOf))].filter((bare) => bare.length >= shortest).map((bare) => ({ bare, label }));
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

/** As it is; in JSON of programs that keep to ASCII, and of others; in URLs and forms, whose writers differ in what they leave. */
function escaped(text: string): string[] {
  if (/^[\w.-]*$/.test(text)) return [text];
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[^ -~]/g, (mark) => `\\u${hexadecimal(mark)}`);
  const url = encodeURIComponent(text.toWellFormed());
  const strict = url.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams([['', text]]).toString().slice(1);
  const urls = [encodeURI(text.toWellFormed()), url, strict, form];
  const lower = urls.map((each) => each.replace(/%../g, (byte) => byte.toLowerCase()));
  return [text, json, ascii, ...urls, ...lower];
}
