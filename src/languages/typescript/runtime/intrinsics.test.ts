import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** What a program prints that is run once everything is fixed. */
const printed = (code: string): string =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', fixed(code)], { encoding: 'utf8', timeout: 20_000 });
const fixed = (code: string): string => `
  import http, { get } from 'node:http';
  import module from 'node:module';
  import { fixIntrinsics } from '${import.meta.dirname}/intrinsics.ts';
  fixIntrinsics();
  ${code}`;

const changes = [
  ['a property for all objects', "Object.getPrototypeOf({}).polluted = 'yes'"],
  ['a property for all objects, by a merge', "({})['__proto__']['polluted'] = 'yes'"],
  ['a property for all lists', "Object.defineProperty(Array.prototype, 'polluted', { value: 'yes' })"],
  ['a property for all functions', "Function.prototype.polluted = 'yes'"],
  ['what objects inherit', "Object.prototype.toString = () => 'poisoned'"],
  ['what objects inherit, by a definition', "Object.defineProperty(Object.prototype, 'valueOf', { value: 1 })"],
  ['what promises do', 'Promise.prototype.then = () => undefined'],
  ['what errors say', "TypeError.prototype.message = 'poisoned'"],
  ['what iterators do', 'Object.getPrototypeOf([].values()).next = () => ({ done: true })'],
  ['what typed arrays do', 'Object.getPrototypeOf(Uint8Array).prototype.set = () => undefined'],
  ['functions of the language', "JSON.stringify = () => 'poisoned'"],
  ['globals of the language', 'globalThis.Map = class {}'],
  ['the fetch of all', 'globalThis.fetch = () => undefined'],
  ['built-in modules', 'http.get = () => undefined'],
  ['how modules are loaded', 'module._load = () => undefined'],
] as const;

it('[GENERATE-20] a tool can change nothing that all code stands on', () => {
  const tries = changes.map(
    ([what, code]) => `try { ${code}; told.push('${what}'); } catch (error) { errors.push(error.name); }`,
  );
  const said = printed(
    `const [told, errors] = [[], []]; ${tries.join('\n')} process.stdout.write(JSON.stringify({ told, errors }));`,
  );
  expect(JSON.parse(said)).toEqual({ told: [], errors: changes.map(() => 'TypeError') });
});

it('[GENERATE-20] code of all kinds goes on as before', () => {
  const code = `
    class Refusal extends Error {
      constructor() { super('no'); this.name = 'Refusal'; this.message = 'never'; }
    }
    function Old() { this.toString = () => 'old'; }
    Old.prototype.valueOf = () => 7;
    Old.prototype.constructor = Old;
    const list = Object.assign([], { toString: () => 'list' });
    const named = () => 1;
    named.toString = () => 'named';
    console.group();
    console.groupEnd();
    Error.stackTraceLimit = 3;
    process.exitCode = 0;
    const sum = [...new Map([[1, 2]]).values(), ...new Set([3])].reduce((all, one) => all + one);
    console.log(String(new Refusal()), String(new Old()), new Old() + 1, String(list), String(named), sum, get === http.get);
    console.log(Object.keys({ a: 1 }), 'toString' in {}, await (await fetch('data:,fetched')).text());`;
  expect(printed(code)).toBe("Refusal: never old 8 list named 5 true\n[ 'a' ] true fetched\n");
});
