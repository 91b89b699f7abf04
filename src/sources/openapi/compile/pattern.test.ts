import { describe, expect, it } from 'vitest';
import { usablePattern } from './schema/pattern.ts';
import { bodyTakes, compiled, withBody } from './testing.ts';

describe('patterns', () => {
  for (const pattern of [
    '^AC[0-9a-fA-F]{32}$',
    '^[a-z]+(-[a-z]+)*$',
    '^((-?[0-9]+)|(-?([0-9]+)?[.][0-9]+))$',
    '^\\d{4}-\\d\\d$',
    '^([a-z0-9]+(-[a-z0-9]+)*\\.)+[a-z]{2,}$',
    '^(\\d+,)*\\d+$',
    '^(?=.*\\d)(?=.*[a-z]).{8,}$',
    '^\\p{L}+$',
    '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|([0-9a-f]{1,4}:){1,7}:|([0-9a-f]{1,4}:){1,6}:[0-9a-f]{1,4}|::)$',
    '^([0-9a-f]{2}:){31}[0-9a-f]{2}$',
    '^([A-Z][a-z]{0,5} ){60}$',
  ])
    it(`[OPENAPI-COMPILE-7] keeps ${pattern}`, () => expect(usablePattern(pattern)).toBe(pattern));

  for (const [pattern, mended] of [
    ['^[a-z]+\\-[\\_a-z\\@]+$', '^[a-z]+-[_a-z@]+$'],
    ['^a{,3}$', '^a\\{,3\\}$'],
    ['/^abc$/', '^abc$'],
    ['\\Aabc\\z', '^abc$'],
    ['^]$', '^\\]$'],
    ['^(?P<year>\\d{4})$', '^(?<year>\\d{4})$'],
  ] as const)
    it(`[OPENAPI-COMPILE-7] mends ${pattern}`, () => expect(usablePattern(pattern)).toBe(mended));

  for (const pattern of [
    '(?i)^all$',
    '[',
    '^(a+)+$',
    '^([a-zA-Z0-9]+\\s?)*$',
    '^(a|a)*$',
    '(x+x+)+y',
    '^(\\w+)*\\d+$',
    '^.*a.*b.*c.*$',
    'a'.repeat(2000),
    // What is bounded can take as long as what is endless.
    '^(?:b*|c*){9}!',
    '^(?:b?|c?){60}!',
    '^(?:|){60}!',
    '^(?:a|a){60}$',
    '^(?:a?){60}a{60}$',
    `^${'a?'.repeat(60)}$`,
    `^${'(ab)?'.repeat(60)}$`,
    `^${'a{0,20}'.repeat(20)}$`,
    '^(?:a|ab|b){50}$',
    // To be looked at, too.
    '(?:(?:(?:(?:(?:){20}){20}){20}){20}){20}(a+b)+',
  ])
    it(`[OPENAPI-COMPILE-7] [ROBUST-12] leaves out ${pattern.slice(0, 30)}`, () =>
      expect(usablePattern(pattern)).toBeUndefined());

  it('[OPENAPI-COMPILE-7] says what was left out, and takes any text', () => {
    const document = withBody({ type: 'string', pattern: '^(a+)+$' });
    expect(bodyTakes(document)('b')).toBe(true);
    expect(compiled(document).remarks[0]).toMatchObject({
      action: 'left_out',
      what: expect.stringContaining('for ever'),
    });
  });

  it('[ROBUST-12] a default on which a pattern comes to no end in time does not fit it', () => {
    const value = 'a'.repeat(1500);
    const { remarks } = compiled(withBody({ type: 'string', pattern: '^a*a*a*b|^a', default: value }));
    expect(remarks).toMatchObject([{ action: 'left_out', what: expect.stringContaining('does not fit') }]);
  });

  it('[OPENAPI-COMPILE-7] opens an object whose pattern of names is left out', () => {
    expect(
      bodyTakes(withBody({ type: 'object', patternProperties: { '^(a+)+$': {} }, additionalProperties: false }))({
        aa: 1,
      }),
    ).toBe(true);
  });
});
