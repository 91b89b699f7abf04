import { describe, expect, it } from 'vitest';
import { encode } from './api-encode.ts';
import type { Style } from './api-file.ts';
import { styledPairs, styledText } from './api-style.ts';

const array = ['blue', 'black', 'brown'];
const object = { R: 100, G: 200, B: 150 };

/** The table of OpenAPI 3.1.1, 4.8.12.4: style, explode, empty string, string, array, object; undefined is n/a. */
const table: [Style, boolean, string | undefined, string | undefined, string | undefined, string | undefined][] = [
  ['matrix', false, ';color', ';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150'],
  ['matrix', true, ';color', ';color=blue', ';color=blue;color=black;color=brown', ';R=100;G=200;B=150'],
  ['label', false, '.', '.blue', '.blue,black,brown', '.R,100,G,200,B,150'],
  ['label', true, '.', '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
  ['simple', false, '', 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
  ['simple', true, '', 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
  ['form', false, 'color=', 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
  ['form', true, 'color=', 'color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150'],
  ['spaceDelimited', false, undefined, undefined, 'color=blue%20black%20brown', 'color=R%20100%20G%20200%20B%20150'],
  ['pipeDelimited', false, undefined, undefined, 'color=blue%7Cblack%7Cbrown', 'color=R%7C100%7CG%7C200%7CB%7C150'],
  ['deepObject', true, undefined, undefined, undefined, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
];

function written(style: Style, explode: boolean, value: unknown): string {
  const parameter = { name: 'color', style, explode };
  if (style === 'matrix' || style === 'label' || style === 'simple') return styledText(parameter, value, encode);
  return query(style, explode, value);
}

function query(style: Style, explode: boolean, value: unknown, name = 'color'): string {
  return styledPairs({ name, style, explode }, value, encode)
    .map((pair) => pair.join('='))
    .join('&');
}

describe('a parameter by style', () => {
  it.each(table)('[OPENAPI-CALL-1] %s, exploded %s, as the specification shows it', (style, explode, ...expected) => {
    for (const [index, value] of ['', 'blue', array, object].entries())
      if (expected[index] !== undefined) expect(written(style, explode, value)).toBe(expected[index]);
  });

  it('[OPENAPI-CALL-1] tabs of Swagger 2.0, and delimited styles that claim to be exploded', () => {
    expect(query('tabDelimited', false, ['a', 'b'])).toBe('color=a%09b');
    expect(query('pipeDelimited', true, ['a', 'b'])).toBe('color=a%7Cb');
  });

  it('[OPENAPI-CALL-1] deeper objects in more brackets, items by their index', () => {
    const value = { range: { from: 1, to: null }, tags: ['x', 'y'], a: { b: { c: true } } };
    expect(decodeURIComponent(query('deepObject', true, value, 'f'))).toBe(
      'f[range][from]=1&f[tags][0]=x&f[tags][1]=y&f[a][b][c]=true',
    );
  });

  it('[OPENAPI-CALL-1] values with parts of their own as JSON where the style has no form for them', () => {
    expect(decodeURIComponent(query('form', true, [{ a: 1 }]))).toBe('color={"a":1}');
    expect(decodeURIComponent(query('form', true, { list: [1, 2], deep: { a: 1 } }))).toBe(
      'list=1&list=2&deep={"a":1}',
    );
    expect(decodeURIComponent(written('simple', false, { deep: { a: [1] } }))).toBe('deep,{"a":[1]}');
  });

  it('[OPENAPI-CALL-1] encodes what is not unreserved, and leaves out null', () => {
    expect(query('form', true, "a b&c=d/é'(*)")).toBe('color=a%20b%26c%3Dd%2F%C3%A9%27%28%2A%29');
    expect(query('form', false, ['a,b', null, 'c'])).toBe('color=a%2Cb,c');
    expect(query('form', false, 'x', 'ids[]')).toBe('ids%5B%5D=x');
    expect(query('form', true, '\uD800')).toBe('color=%EF%BF%BD');
  });
});
