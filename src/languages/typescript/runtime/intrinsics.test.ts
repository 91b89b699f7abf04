import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** What makes a program load as much as a server over HTTP has. */
const overHttp = 'new Response();';

/** What a program prints that is run once everything is fixed. */
const printed = (code: string, before = overHttp): string =>
  execFileSync(process.execPath, ['--input-type=module', '-'], {
    input: fixed(code, before),
    encoding: 'utf8',
    timeout: 20_000,
  });
const fixed = (code: string, before: string): string => `
  import fs from 'node:fs';
  import http, { get } from 'node:http';
  import module from 'node:module';
  import { fixIntrinsics } from '${import.meta.dirname}/intrinsics.ts';
  const require = module.createRequire('${import.meta.dirname}/');
  const inherited = (object, times) => (times === 0 ? object : inherited(Object.getPrototypeOf(object), times - 1));
  ${before}
  const putBack = fixIntrinsics();
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
  ['what promises are', 'Promise.prototype.constructor = class {}'],
  ['what an error is', 'Object.defineProperty(Error, Symbol.hasInstance, { value: () => true })'],
  ['what a type error is', 'Object.defineProperty(TypeError, Symbol.hasInstance, { value: () => true })'],
  ['how stacks are captured', 'Error.captureStackTrace = () => undefined'],
  ['what iterators do', 'Object.getPrototypeOf([].values()).next = () => ({ done: true })'],
  ['what helpers of iterators do', 'Object.getPrototypeOf([].values().map(String)).next = () => ({ done: true })'],
  [
    'what is asked of async iterators',
    'inherited(async function* () {}.prototype, 2)[Symbol.asyncIterator] = () => undefined',
  ],
  ['what methods do', 'Object.prototype.hasOwnProperty.call = () => true'],
  ['what is written for people', "Intl.DateTimeFormat.prototype.formatToParts = () => 'poisoned'"],
  ['what the language gained of late', 'DisposableStack.prototype.use = () => undefined'],
  ['what typed arrays do', 'Object.getPrototypeOf(Uint8Array).prototype.set = () => undefined'],
  ['functions of the language', "JSON.stringify = () => 'poisoned'"],
  ['globals of the language', 'globalThis.Map = class {}'],
  ['functions that are global', 'globalThis.encodeURIComponent = () => undefined'],
  ['timers', 'globalThis.setTimeout = () => undefined'],
  ['the fetch of all', 'globalThis.fetch = () => undefined'],
  ['built-in modules', 'http.get = () => undefined'],
  ['parts of built-in modules', 'fs.promises.readFile = () => undefined'],
  [
    'built-in modules that are asked for later',
    "process.getBuiltinModule('node:readline').createInterface = () => undefined",
  ],
  ['those that are imported later', "(await import('node:dgram')).default.createSocket = () => undefined"],
  ['those that are required later', "require('repl').start = () => undefined"],
  ['those behind the built-in modules', "process.binding('fs').open = () => undefined"],
  ['how built-in modules are asked for', 'process.getBuiltinModule = () => undefined'],
  ['how modules are loaded', 'module._load = () => undefined'],
] as const;
const changesOverHttp = [
  ...changes,
  ['what fetch answers', 'Response.prototype.json = () => undefined'],
  ['what streams do', 'ReadableStream.prototype.getReader = () => undefined'],
  ['what is random', "crypto.randomUUID = () => 'poisoned'"],
] as const;

it.each([
  ['stdio', '', changes],
  ['HTTP', overHttp, changesOverHttp],
])('[GENERATE-20] a tool can change nothing that all code stands on, over %s', (_, before, all) => {
  const tries = all.map(
    ([what, code]) => `try { ${code}; told.push('${what}'); } catch (error) { errors.push(error.name); }`,
  );
  const said = printed(
    `const [told, errors] = [[], []]; ${tries.join('\n')} process.stdout.write(JSON.stringify({ told, errors }));`,
    before,
  );
  expect(JSON.parse(said)).toEqual({ told: [], errors: all.map(() => 'TypeError') });
});

/** What TypeScript and others make of classes, inheritance and generators for engines of long ago. */
const es5 = `
  function extend(derived, base) {
    function Between() { this.constructor = derived; }
    Between.prototype = base.prototype;
    derived.prototype = new Between();
  }
  function Later() {}
  extend(Later, Promise);
  function Table() {}
  Table.prototype = Object.create(Map.prototype);
  Table.prototype.constructor = Table;
  const generator = Object.create(Iterator.prototype);
  generator.next = () => ({ done: true });
  generator[Symbol.iterator] = function () { return this; };
  const promise = Promise.resolve();
  promise.then = 'own';
  promise.catch = 'own';
  promise.finally = 'own';`;

it('[GENERATE-20] code compiled for engines of long ago can be loaded during a call', () => {
  const code = `${es5}
    const own = [Object.create(Later.prototype).constructor, Object.create(Table.prototype).constructor];
    console.log(own.map(({ name }) => name), [...generator].length, promise.then, promise.catch, promise.finally);`;
  expect(printed(code)).toBe("[ 'Later', 'Table' ] 0 own own own\n");
});

it('[GENERATE-20] built-in modules and what fetch needs do as before when they are used later', () => {
  const code = `
    const left = module.builtinModules.filter((name) => !/^(_|domain|repl|sys|punycode|wasi)/.test(name));
    for (const name of left) await import(name);
    const file = await fs.promises.readFile('${import.meta.filename}', 'utf8');
    const packed = new Blob([file]).stream().pipeThrough(new CompressionStream('gzip'));
    const text = await new Response(packed.pipeThrough(new DecompressionStream('gzip'))).text();
    console.log(text === file, performance.mark('here').name, crypto.randomUUID().length, new Headers({ a: 'b' }).get('a'));`;
  expect(printed(code)).toBe('true here 36 b\n');
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
    Error.prepareStackTrace = (_, sites) => sites.length;
    const sites = new Error('here').stack;
    Error.prepareStackTrace = undefined;
    console.log = ((log) => (...words) => log(...words))(console.log);
    process.env.OWN = 'own';
    globalThis.own = 'own';
    process.exitCode = 0;
    const sum = [...new Map([[1, 2]]).values(), ...new Set([3])].reduce((all, one) => all + one);
    console.log(String(new Refusal()), String(new Old()), new Old() + 1, String(list), String(named), sum, get === http.get);
    console.log(typeof sites, Object.keys({ a: 1 }), 'toString' in {}, await (await fetch('data:,fetched')).text());`;
  expect(printed(code)).toBe("Refusal: never old 8 list named 5 true\nnumber [ 'a' ] true fetched\n");
});

/** The few that the engine treats as its own only as long as they are not frozen. */
const reversible = [
  ['how patterns match', 'RegExp.prototype.exec = () => null'],
  ['how texts are split', 'Object.defineProperty(RegExp.prototype, Symbol.split, { value: () => [] })'],
  ['a property of all patterns', "RegExp.prototype.polluted = 'yes'"],
  ['what patterns inherit', "Object.setPrototypeOf(RegExp.prototype, { polluted: 'yes' })"],
  ['what iterators are asked', 'Iterator.prototype[Symbol.iterator] = () => undefined'],
  ['that there are helpers of iterators', 'delete Iterator.prototype.map'],
] as const;

it.each(reversible)('[GENERATE-20] %s is put back', (_, change) => {
  const state = `JSON.stringify([/b/.exec('abc'), 'a,b'.split(/,/), String(/a/.polluted), [...new Map([[1, 2]]).values()],
    typeof Iterator.prototype.map])`;
  const code = `
    const before = ${state};
    ${change};
    let changed = 'nothing';
    try { changed = ${state}; } catch {}
    console.log(changed !== before, putBack(), ${state} === before);`;
  expect(printed(code)).toBe('true true true\n');
});

it('[GENERATE-20] tells when something can no longer be put back', () => {
  const change =
    'Object.defineProperty(RegExp.prototype, "exec", { value: () => null, configurable: false, writable: false })';
  expect(printed(`${change}; console.log(putBack());`)).toBe('false\n');
});
