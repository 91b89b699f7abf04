import { builtInGlobals } from './built-in-globals.ts';
import { fixModules } from './built-in-modules.ts';
import { keep, type PutBack } from './kept-intrinsics.ts';

type Key = string | symbol;

/** Not yet known to the types. */
const { Iterator } = globalThis as unknown as {
  readonly Iterator: { readonly prototype: object; from(iterator: object): { map(change: () => unknown): object } };
};

/** What code of all kinds sets on objects of its own that inherit it. */
const oftenSet: readonly Key[] = ['toString', 'toLocaleString', 'valueOf', 'toJSON', 'constructor'];
/** On objects that inherit these, code sets whatever they have. */
const inheritedByAll = new Set<object>([Object.prototype, Function.prototype, Error.prototype]);
/** Those of which it sets more, or less. */
const setOn = new Map<object, readonly Key[]>([
  [Promise.prototype, [...oftenSet, 'then', 'catch', 'finally']],
  // The engine would look for subclasses at each `slice` and `map` of a list, which takes them thirty times as long.
  [Array.prototype, oftenSet.filter((key) => key !== 'constructor')],
]);
/** Frozen, they would make each match of a pattern, and each loop over a map, take many times as long: V8 then takes the slow way. */
const kept: readonly object[] = [RegExp.prototype, Iterator.prototype];
/** Packages set them on `Error` for a moment, to see where they are called from. */
const setOnError: readonly Key[] = ['stackTraceLimit', 'prepareStackTrace'];

/**
 * Fixes what all code of this process stands on: the globals of language and platform with all that they lead to, and
 * the built-in modules. A tool that changed them, by mistake (prototype pollution, CWE-1321) or not, would change every
 * later call. Comes once all is loaded that the server needs to serve: packages add to it as they load.
 * @returns puts back the little that can still be changed.
 */
export function fixIntrinsics(): PutBack {
  const names = builtInGlobals();
  const open = [globalThis, process, console];
  const found = new Set<object>(open);
  for (const root of [...names.map((name) => Reflect.get(globalThis, name)), ...unnamed()]) find(root, found);
  for (const object of [...open, ...kept]) found.delete(object);
  for (const object of found) fix(object);
  for (const name of names) makeConstant(globalThis, name);
  fixModules();
  return keep(kept);
}

/** Instances of what no global leads to: iterators, and functions of all kinds. */
function unnamed(): object[] {
  const wrapped = Iterator.from({ next: () => ({ done: true }) });
  const iterators = [[].values(), new Map().values(), new Set().values(), ''[Symbol.iterator](), ''.matchAll(/^/g)];
  const functions = [function* () {}, async function () {}, async function* () {}];
  return [...iterators, wrapped, wrapped.map(String), new URLSearchParams().values(), ...functions];
}

/** An object, what it inherits from, and what its properties hold. */
function find(value: unknown, found: Set<object>): void {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || found.has(value)) return;
  found.add(value);
  // Most are methods, which lead nowhere.
  if (
    typeof value === 'function' &&
    !Object.hasOwn(value, 'prototype') &&
    Object.getPrototypeOf(value) === Function.prototype
  )
    return;
  find(Object.getPrototypeOf(value), found);
  for (const key of Reflect.ownKeys(value)) {
    const property = Object.getOwnPropertyDescriptor(value, key)!;
    find(property.value, found);
    find(property.get, found);
    find(property.set, found);
  }
}

/**
 * What inherits from a frozen object can no longer be given a value of the same name by assignment: where that is usual,
 * the property becomes an accessor that still allows it.
 */
function fix(object: object): void {
  for (const key of settable(object)) makeAccessor(object, key);
  if (object !== Error) return void Object.freeze(object);
  for (const key of setOnError) Reflect.set(Error, key, Reflect.get(Error, key));
  for (const key of Reflect.ownKeys(Error)) if (!setOnError.includes(key)) makeConstant(Error, key);
  Object.seal(Error);
}

function settable(object: object): readonly Key[] {
  if (inheritedByAll.has(object)) return Reflect.ownKeys(object);
  if (typeof object === 'function') return [];
  return Object.getPrototypeOf(object) === Error.prototype ? Reflect.ownKeys(object) : (setOn.get(object) ?? oftenSet);
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
function makeConstant(object: object, key: Key): void {
  const property = Object.getOwnPropertyDescriptor(object, key);
  if (property?.configurable !== true) return;
  const closed = 'value' in property ? { writable: false } : { set: undefined };
  Object.defineProperty(object, key, { ...closed, configurable: false });
}
