import {
  CORE_SCHEMA,
  YAMLException,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  loadAll,
  mergeTag,
} from 'js-yaml';
import type { Schema } from 'js-yaml';
import type { CrafterError } from '../../../errors.ts';
import type { Json } from '../../../spec/index.ts';
import { cut } from '../../../util/index.ts';
import { maxDepth, refusedDocument } from './bounds.ts';
import type { JsonObject } from './types.ts';

export interface YamlReading {
  readonly value: unknown;
  /** Objects in which keys stood twice. */
  readonly doubles: ReadonlyMap<object, readonly string[]>;
  /** How many documents the stream has. */
  readonly documents: number;
  /** Lines that are read as if they stood as deep as YAML asks, counted from 1. */
  readonly shallow: readonly number[];
}

/**
 * Reads YAML 1.2 by its core schema (dates, `no` and `on` stay strings) with the merge keys of 1.1, which many documents
 * use. Keys become strings; tags that the core schema does not know are passed over. Aliases are shared objects and may
 * be cyclic: who reads the value further has to bound it.
 * @throws CrafterError INVALID_INPUT with line and column.
 */
export function readYaml(text: string): YamlReading {
  const shallow: number[] = [];
  let first: unknown;
  for (let source = text; ;) {
    try {
      return { ...load(source), shallow };
    } catch (error) {
      first ??= error;
      const line = shallowLine(error);
      if (line === undefined || shallow.includes(line + 1) || shallow.length === mostShallow)
        throw brokenYaml(text, first);
      shallow.push(line + 1);
      source = source
        .split('\n')
        .with(line, deep + (source.split('\n', line + 1)[line] ?? ''))
        .join('\n');
    }
  }
}

function load(text: string): Omit<YamlReading, 'shallow'> {
  const doubles = new Map<object, string[]>();
  const values = loadAll(text, {
    schema: schemaNoting(doubles),
    json: true,
    maxDepth,
    maxTotalMergeKeys: 200_000,
    maxAliases: 100_000,
  });
  return { value: values[0], doubles, documents: values.length };
}

/** Each costs one more reading of the whole. */
const mostShallow = 40;
const deep = ' '.repeat(2 * maxDepth);

/**
 * The line, counted from 0, on which a quoted text or a collection in brackets goes on less deep than YAML 1.2 asks
 * (7.3 and 7.4). Other readers take such lines, and white space before them means nothing.
 */
const shallowLine = (error: unknown): number | undefined =>
  error instanceof YAMLException && error.reason === 'deficient indentation' ? error.mark?.line : undefined;

function brokenYaml(text: string, error: unknown): CrafterError {
  const { line = 0, column = 0 } = (error instanceof YAMLException ? error.mark : undefined) ?? {};
  const place = `line ${line + 1}, column ${column + 1}`;
  const reason =
    error instanceof YAMLException
      ? error.reason
      : error instanceof RangeError
        ? 'nested too deep'
        : (error as Error).message;
  const given = cut((text.split('\n', line + 1)[line] ?? '').trim(), 80);
  return refusedDocument(place, `not valid YAML: ${reason}`, 'Correct the document at that place.', given);
}

/** Each load has a schema of its own, for the doubles of that load. */
function schemaNoting(doubles: Map<object, string[]>): Schema {
  const merged = new Map<object, Set<string>>();
  let merging = false;
  const map = {
    create: (): JsonObject => ({}),
    identify: () => false,
    addPair(object: JsonObject, key: unknown, value: unknown): string {
      const name = keyText(key);
      const fromMerge = merging;
      merging = false;
      if (fromMerge) merged.set(object, (merged.get(object) ?? new Set()).add(name));
      else if (Object.hasOwn(object, name) && merged.get(object)?.delete(name) !== true)
        noteDouble(doubles, object, name);
      if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true });
      else object[name] = value as Json;
      return '';
    },
    has: (object: JsonObject, key: unknown): boolean => Object.hasOwn(object, keyText(key)),
    keys: (object: JsonObject): string[] => Object.keys(object),
    get(object: JsonObject, key: unknown): unknown {
      merging = true;
      return object[keyText(key)];
    },
  };
  const list = {
    create: (): unknown[] => [],
    identify: () => false,
    addItem: (items: unknown[], item: unknown) => void items.push(item),
  };
  const text = { identify: () => false, resolve: (source: string) => source };
  return CORE_SCHEMA.withTags(
    mergeTag,
    defineMappingTag('tag:yaml.org,2002:map', map),
    ...['!', 'tag:'].flatMap((prefix) => [
      defineScalarTag(prefix, { ...text, matchByTagPrefix: true }),
      defineSequenceTag(prefix, { ...list, matchByTagPrefix: true }),
      defineMappingTag(prefix, { ...map, matchByTagPrefix: true }),
    ]),
  );
}

/** Most keys of one object that are told to stand twice. */
const toldDoubles = 20;

function noteDouble(doubles: Map<object, string[]>, object: object, name: string): void {
  const told = doubles.get(object) ?? [];
  if (told.length < toldDoubles) told.push(name);
  doubles.set(object, told);
}

/** A key that is no text: numbers as they print, collections as JSON-like words that nothing asks for. */
const keyText = (key: unknown): string => (typeof key === 'object' && key !== null ? '(collection)' : String(key));
