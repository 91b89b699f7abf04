import { describe, expect, it } from 'vitest';
import { makeRow } from './dataset.ts';
import { parseExpression } from './expression.ts';

const row = makeRow({ price: '3', count: 4, first: 'Ana', last: 'Silva', 'Full Name': 'Ana Silva', none: null });
const value = (source: string) => parseExpression(source).evaluate(row);

describe('parseExpression', () => {
  it.each([
    ['0.1 + 0.2', 0.3],
    ['round(2.675, 2)', 2.68],
    ['price * count - 2', 10],
    ['-price', -3],
    ["first & ' ' & last", 'Ana Silva'],
    ['[Full Name]', 'Ana Silva'],
    ["price > 2 && !(count == 5) ? 'many' : 'few'", 'many'],
    ["contains(first, 'AN')", true],
    ['coalesce(none, last)', 'Silva'],
    ['none * 2', null],
    ['substring(last, 2, 3)', 'ilv'],
    ["1 == '1.0'", true],
  ])('[RECIPES-DATA-11] %s is %j', (source, expected) => expect(value(source)).toBe(expected));

  it('[RECIPES-DATA-11] knows no objects, globals or functions but its own', () => {
    expect(() => value("constructor('return process')")).toThrow('there is no function constructor');
    expect(() => value('toString()')).toThrow('there is no function toString');
    expect(() => value('first.length')).toThrow('cannot be read');
    expect(value('__proto__')).toBeNull();
    expect(value('process')).toBeNull();
  });

  it('[RECIPES-DATA-11] says where it cannot be read', () => {
    expect(() => value('price count')).toThrow('at character 6: “count” is not expected');
    expect(() => value('(price')).toThrow('“)” is missing');
    expect(() => value('1 +')).toThrow('ends too early');
    expect(() => value('round()')).toThrow('round takes a number and digits');
    expect(() => value(`${'('.repeat(200)}1${')'.repeat(200)}`)).toThrow('nested too deep');
  });

  it('gives a reason where a value does not fit', () => {
    expect(() => value('first * 2')).toThrow('“Ana” is not a number');
    expect(() => value('price / 0')).toThrow('divided by zero');
  });
});
