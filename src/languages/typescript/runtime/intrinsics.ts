import { builtinModules } from 'node:module';

type Key = string | symbol;

/** Of ECMAScript 2025, and what Node adds of which all code makes use. */
const names = [
  'Object Function Array String Number Boolean Symbol BigInt Promise Proxy RegExp Date Map Set WeakMap WeakSet WeakRef',
  'FinalizationRegistry ArrayBuffer SharedArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array',
  'Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array Iterator',
  'JSON Math Reflect Atomics Intl URL URLSearchParams AbortController AbortSignal EventTarget Buffer',
].flatMap((line) => line.split(' '));
const errorNames = ['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError'];
/** What code of all kinds sets on objects of its own that inherit them. */
const oftenSet = new Set<Key>(['toString', 'toLocaleString', 'valueOf', 'toJSON']);

/**
 * Fixes what all code of this process stands on: globals and prototypes of the language, and the built-in modules that
 * are loaded. A tool that changed them, by mistake (prototype pollution, CWE-1321) or not, would change every later call.
 * Comes after the loading of packages, since some add to it then.
 */
export function fixIntrinsics(): void {
  const everywhere = [Object, Function, Error, AggregateError, ...errorNames.map(intrinsic)].map(prototypeOf);
  for (const prototype of everywhere) fix(prototype, () => true);
  const roots = [...names.map(intrinsic), ...unnamed()];
  for (const root of roots.flatMap((one) => [one, prototypeOf(one)])) fix(root, (key) => oftenSet.has(key));
  for (const name of [...names, ...errorNames, 'AggregateError', 'fetch']) fixGlobal(name);
  for (const name of loadedModules()) Object.freeze(process.getBuiltinModule(name));
}

const intrinsic = (name: string): object => Reflect.get(globalThis, name);
const prototypeOf = (root: object): object => Reflect.get(root, 'prototype') ?? {};

/** What has no name of its own: iterators, and constructors of typed arrays and of functions of all kinds. */
function unnamed(): object[] {
  const iterators = [[].values(), new Map().values(), new Set().values(), ''[Symbol.iterator](), ''.matchAll(/^/g)];
  const functions = [function* () {}, async function () {}, async function* () {}];
  return [
    Object.getPrototypeOf(Uint8Array),
    ...iterators.map((each) => Object.getPrototypeOf(each)),
    ...functions.flatMap((each) => [each.constructor, Object.getPrototypeOf(each).prototype ?? {}]),
  ];
}

/**
 * Freezes an object. What inherits from a frozen one can no longer be given a value of the same name by assignment: where
 * that is usual, the property becomes an accessor that still allows it.
 */
function fix(object: object, isOftenSet: (key: Key) => boolean): void {
  for (const key of Reflect.ownKeys(object)) if (isOftenSet(key)) makeAccessor(object, key);
  Object.freeze(object);
}

function makeAccessor(object: object, key: Key): void {
  const property = Object.getOwnPropertyDescriptor(object, key);
  if (property?.configurable !== true || !('value' in property)) return;
  Object.defineProperty(object, key, {
    get: () => property.value,
    set(this: object, value: unknown) {
      if (this === object) throw new TypeError(`Cannot change ${String(key)} for all code`);
      Object.defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true });
    },
    configurable: false,
  });
}

/** Where a global is loaded at its first use, it stays so. */
function fixGlobal(name: string): void {
  const property = Object.getOwnPropertyDescriptor(globalThis, name);
  if (property?.configurable !== true) return;
  const closed = 'value' in property ? { writable: false } : { set: undefined };
  Object.defineProperty(globalThis, name, { ...closed, configurable: false });
}

/**
 * By Node's own record, of names such as `NativeModule fs`; what is not loaded need not be, and would cost time. `process`
 * and `console` hold what they need to go on.
 */
function loadedModules(): string[] {
  const known = new Set(builtinModules.filter((name) => name !== 'process' && name !== 'console'));
  const loaded = (Reflect.get(process, 'moduleLoadList') as readonly string[]).map((line) => line.split(' ')[1] ?? '');
  return loaded.filter((name) => known.has(name));
}
