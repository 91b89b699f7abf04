import fc from 'fast-check';
import { resolve } from 'node:path';
import { CrafterError } from '../../src/errors.ts';
import { keptCases } from './fuzz-kept.ts';

/** Something that reads what comes from outside, tried with made-up cases. */
export interface FuzzTarget {
  readonly name: string;
  /** Its part of all cases. */
  readonly share: number;
  /** @throws Error with the smallest case found that breaks a promise, and the seed. */
  try(cases: number, seed: number): Promise<void>;
}

const oddNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', '$ref', '\u0000', 'n'.repeat(300)];

function nest(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Values that nobody meant to be there. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 2 ** 53, 0.1, '', [], {}, [[]], [null], { $ref: '#' }),
  fc.constantFrom(
    '../../etc/passwd',
    '${x}',
    '(a+)+$',
    '\ud800',
    '\u202e',
    '__proto__',
    'x'.repeat(5000),
    '1999-99-99',
  ),
  fc.constantFrom(
    nest(60),
    nest(300),
    Array.from({ length: 2000 }, (_, index) => index),
  ),
  fc.string(),
  fc.jsonValue({ maxDepth: 3 }),
);

interface Change {
  readonly picks: readonly number[];
  readonly how: 'replace' | 'remove' | 'add' | 'rename' | 'double';
  readonly name: string;
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  picks: fc.array(fc.nat(), { minLength: 1, maxLength: 9 }),
  how: fc.constantFrom('replace', 'remove', 'add', 'rename', 'double'),
  name: fc.oneof(fc.constantFrom(...oddNames), fc.string({ maxLength: 8 })),
  value: junk,
});

/** A document in which a few places are another's, as JSON. */
export function spoiledJson(seeds: readonly unknown[]): fc.Arbitrary<string> {
  const spoiled = fc
    .tuple(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([seed, changes]) => JSON.stringify(structuredClone(changes).reduce(spoil, structuredClone(seed))));
  return fc.oneof({ weight: 6, arbitrary: spoiled }, { weight: 2, arbitrary: brokenText(spoiled) }, junk.map(asText));
}

const asText = (value: unknown): string => JSON.stringify(value) ?? '';

/** A text with pieces lost, doubled or put in. */
export function brokenText(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const pieces = fc.oneof(
    fc.constantFrom('{', '}', '[', '"', ',', ':', '\\u', '\u0000', '\uFEFF', '\n', '&a *a', '- '),
    fc.string({ maxLength: 5 }),
  );
  return fc
    .tuple(texts, fc.array(fc.tuple(fc.nat(), fc.nat(40), pieces), { minLength: 1, maxLength: 3 }))
    .map(([text, cuts]) =>
      cuts.reduce((left, [at, length, piece]) => {
        const start = at % (left.length + 1);
        return left.slice(0, start) + piece + left.slice(start + length);
      }, text),
    );
}

function spoil(root: unknown, { picks, how, name, value }: Change): unknown {
  let place: unknown = root;
  for (const [step, pick] of picks.entries()) {
    if (place === null || typeof place !== 'object') return root;
    const keys = Object.keys(place);
    const key = keys[pick % Math.max(1, keys.length)];
    const last = step === picks.length - 1 || key === undefined || typeof child(place, key) !== 'object';
    if (!last) place = child(place, key);
    else return alter(root, place, key, { how, name, value });
  }
  return root;
}

const child = (place: object, key: string): unknown => (place as Record<string, unknown>)[key];

function alter(
  root: unknown,
  place: object,
  key: string | undefined,
  { how, name, value }: Omit<Change, 'picks'>,
): unknown {
  const set = (at: string, what: unknown): void =>
    void Object.defineProperty(place, at, { value: what, enumerable: true, configurable: true, writable: true });
  if (how === 'add' || key === undefined) {
    if (Array.isArray(place)) place.push(structuredClone(value));
    else set(name, structuredClone(value));
  } else if (how === 'replace') set(key, structuredClone(value));
  else if (how === 'remove') Reflect.deleteProperty(place, key);
  else if (Array.isArray(place)) place.push(structuredClone(child(place, key)));
  else {
    set(name, structuredClone(child(place, key)));
    if (how === 'rename') Reflect.deleteProperty(place, key);
  }
  return root;
}

const checkout = resolve(import.meta.dirname, '../..');
const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const clean = JSON.stringify(prototypes.map((one) => Object.getOwnPropertyNames(one)));

/** What holds after anything from outside was read: a value, or an error in words for who gave it. */
function harmless(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    inWords(error);
  }
  noPollution();
}

async function harmlessLater(read: () => Promise<unknown>): Promise<void> {
  try {
    await read();
  } catch (error) {
    inWords(error);
  }
  noPollution();
}

function inWords(error: unknown): void {
  if (!(error instanceof CrafterError)) throw error;
  inFewWords(error.toJSON());
}

/** An error as who caused it gets it: not a fault of ours, nothing of the inside, and not as long as what was given. */
export function inFewWords(error: ReturnType<CrafterError['toJSON']>): void {
  if (error.code === 'INTERNAL') throw new Error(`A fault: ${error.message.slice(0, 1000)}`, { cause: error });
  const text = `${error.message}\n${error.hint}\n${JSON.stringify(error.problems)}`;
  if (/\n\s+at /.test(text) || text.includes(checkout))
    throw new Error(`The words show the inside: ${text.slice(0, 500)}`);
  const said = [error.message, error.hint, ...error.problems.flatMap((one) => Object.values(one) as string[])];
  const longest = said.reduce((most, one) => (one.length > most.length ? one : most), '');
  if (longest.length > 5000) throw new Error(`It says ${longest.length} characters: ${longest.slice(0, 200)}`);
  if (error.problems.length > 500) throw new Error(`It names ${error.problems.length} problems.`);
}

function noPollution(): void {
  if (JSON.stringify(prototypes.map((one) => Object.getOwnPropertyNames(one))) !== clean)
    throw new Error('A prototype was changed.');
}

/** A target whose cases stand alone; those that once broke something come first. */
export function target<Case>(
  name: string,
  share: number,
  cases: fc.Arbitrary<Case>,
  read: (one: Case) => unknown,
): FuzzTarget {
  return {
    name,
    share,
    try: async (numRuns, seed) =>
      fc.assert(
        fc.property(cases, (one) => harmless(() => read(one))),
        { numRuns, seed, examples: keptCases<Case>(name) },
      ),
  };
}

/** @param lanes how many are tried at once, where most of the time is waiting. */
export function targetLater<Case>(
  name: string,
  share: number,
  cases: fc.Arbitrary<Case>,
  read: (one: Case) => Promise<unknown>,
  lanes = 1,
): FuzzTarget {
  const lane = (numRuns: number, seed: number, examples: [Case][]): Promise<void> =>
    fc.assert(
      fc.asyncProperty(cases, (one) => harmlessLater(() => read(one))),
      { numRuns, seed, examples },
    );
  return {
    name,
    share,
    async try(numRuns, seed) {
      const each = Math.ceil(numRuns / lanes);
      const kept = keptCases<Case>(name);
      await Promise.all(Array.from({ length: lanes }, (_, index) => lane(each, seed + index, index === 0 ? kept : [])));
    },
  };
}
