import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMask } from './index.ts';

const short: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t' };
const code = (mark: string): string => mark.charCodeAt(0).toString(16).padStart(4, '0');

/** Writes the inside of a string of JSON: what `named` matches as `\uXXXX`, quotes with a backslash where it does not. */
function writer(named: RegExp, hexadecimal = code) {
  const written = (mark: string): string => {
    if (named.test(mark)) return `\\u${hexadecimal(mark)}`;
    return mark === '"' ? '\\"' : (short[mark] ?? mark);
  };
  return (text: string): string => text.split('').map(written).join('');
}

/** By what they keep out of JSON, since it means something in HTML or in a protocol. */
const writers: Readonly<Record<string, (text: string) => string>> = {
  'System.Text.Json': writer(/["&'+<>`]|[^ -~\n\t]/, (mark) => code(mark).toUpperCase()),
  Gson: writer(/[&'<=>\u2028]/),
  Go: writer(/[&<>\u2028]/),
  PHP: (text) => writer(/[^ -~\n\t]/)(text).replaceAll('/', '\\/'),
  'PHP for HTML': writer(/["&'<>]/, (mark) => code(mark).toUpperCase()),
  Python: writer(/[^ -~\n\t]/),
  'one that names all marks': writer(/[^A-Za-z0-9\n\t]/),
};

function masked(value: string, text: string): string {
  const mask = createMask();
  mask.add('KEY', value);
  return mask.apply(text);
}

describe('a secret', () => {
  it.each(Object.entries(writers))('[STORAGE-11] is masked in JSON of %s, also within itself', (_name, write) => {
    const key = 'q7+Zk/\n9w==<&\'">`\\é😀\u2028x';
    let text = key;
    for (let depth = 1; depth <= 4; depth += 1) {
      text = write(text);
      expect(masked(key, `{"${text}"}`)).toBe('{"[secret KEY]"}');
    }
  });

  it('[STORAGE-11] leaves no half of itself in JSON of any writers within one another', () => {
    const part = (least: number) =>
      fc
        .array(fc.constantFrom(...`+/=&<>'"\`\\ é😀AZ09`), { minLength: least, maxLength: 9 })
        .map((all) => all.join(''));
    const odd = fc
      .tuple(part(0), fc.constantFrom('K4QZ', 'K4\nQZ', 'uDEADQ4Z'), part(0))
      .map((parts) => parts.join(''));
    const key = fc.uint8Array({ minLength: 12, maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64'));
    // Then all characters of its base64 are its own.
    const whole = (text: string): string => text.trim() + 'X'.repeat((3 - (Buffer.byteLength(text.trim()) % 3)) % 3);
    const spelled = fc.constantFrom<(text: string) => string>(
      (text) => text,
      encodeURIComponent,
      (text) => Buffer.from(text).toString('base64'),
    );
    const chain = fc.array(fc.constantFrom(...Object.values(writers)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.oneof(odd, key).map(whole), spelled, chain, (value, spell, within) => {
        const text = within.reduce((inner, write) => write(inner), spell(value));
        // Backslashes at its ends may stand for something else.
        expect(masked(` ${value}\n`, `is ${text} it`)).toMatch(/^is (?:\\|u005c)*\[secret KEY\](?:\\|u005c)* it$/);
      }),
      { numRuns: 1000 },
    );
  });

  it('[STORAGE-11] is masked where backslashes come before what only looks like a code, or are one', () => {
    expect(masked('udeadbeef-key', String.raw`DOMAIN\udeadbeef-key`)).toBe(String.raw`DOMAIN\[secret KEY]`);
    expect(masked(String.raw`a\u002bcd`, String.raw`"a\u002bcd" "a\\u002bcd"`)).toBe('"[secret KEY]" "[secret KEY]"');
    expect(masked('abc+def', String.raw`\u005cu005Cu005cu002b abc\u005Cu005cu002Bdef`)).toBe(
      String.raw`\u005cu005Cu005cu002b [secret KEY]`,
    );
    expect(masked('abc+def', String.raw`\u002 \u002Bde \uabc+def`)).toBe(String.raw`\u002 \u002Bde \u[secret KEY]`);
  });

  it.each(['\\', '\\u005c', 'u005c', '\\u002b', '\\u00', '\\u', '\\\\u005c\\a'])(
    '[STORAGE-11] is masked after any number of %s',
    (unit) => {
      // So many backslashes are more than an expression can go back over.
      const before = `\\${unit.repeat(unit === '\\' ? 9_000_000 : 200_000)} `;
      const shown = masked('abc+def', `${before}abc\\u002Bdef`);
      expect([shown.length, shown.slice(before.length)]).toEqual([before.length + 12, '[secret KEY]']);
    },
  );

  it('[STORAGE-11] is masked without the space around it, which its users leave out', () => {
    expect(masked(' my-own-password\n', 'Bearer my-own-password.')).toBe('Bearer [secret KEY].');
    expect(masked(' q7Zk ', 'Bearer q7Zk.')).toBe('Bearer [secret KEY].');
    const inBase64 = Buffer.from('me:my-own-password').toString('base64');
    expect(masked(' my-own-password ', inBase64)).toBe(`${inBase64.slice(0, 4)}[secret KEY]`);
    expect(masked('  {\n    first-line-of-it\n  }', 'first-line-of-it,\n  }')).toBe('[secret KEY],\n  }');
    expect(masked('  a  ', 'words  a  part')).toBe('words  a  part');
  });
});
