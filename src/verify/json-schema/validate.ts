import { Ajv, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonSchema } from '../../spec/index.ts';
import addFormats from 'ajv-formats';
import { TookTooLong, withinTime } from '../../util/index.ts';

/** `late` when that cannot be told in time. */
export type Validate = (value: unknown) => boolean | 'late';

/** For one value: patterns, lists without doubles and references can be such that they never end. */
const mostMilliseconds = 1000;

/** For compiling, which runs nothing of the schema and takes as long as it is large; also on a busy machine. */
const compilingMilliseconds = 10_000;
export const tooLarge = `it cannot be compiled within ${compilingMilliseconds / 1000} seconds`;

const options: Options = {
  strict: false,
  allErrors: false,
  validateFormats: true,
  logger: false,
  // Making the code of a validator faster takes longer than the few values that it judges.
  code: { optimize: false },
  inlineRefs: false,
  addUsedSchema: false,
  // Every object inherits `constructor` and the like: those are not given.
  ownProperties: true,
  // A schema of a stranger may name a remote document; nothing is ever loaded.
  loadSchema: undefined,
};

const compiled = new WeakMap<object, Validate | Error>();

/**
 * A validator for a schema as servers write it: 2020-12 unless `$schema` says draft-07 or older.
 * @throws Error with the schema's fault, or `tooLarge`; the same one each time.
 */
export function compileSchema(schema: JsonSchema, milliseconds = compilingMilliseconds): Validate {
  const known = compiled.get(schema) ?? compile(schema, milliseconds);
  compiled.set(schema, known);
  if (known instanceof Error) throw known;
  return known;
}

/** A schema that does not compile forbids nothing; the check of schemas tells it. */
export function validatorOf(schema: JsonSchema): Validate {
  try {
    return compileSchema(schema);
  } catch {
    return () => true;
  }
}

function compile(schema: JsonSchema, milliseconds: number): Validate | Error {
  const { engine, age } = engineFor(schema);
  try {
    const validate = withinTime(milliseconds, () => engine.compile(schema));
    return judgeBy((value) => validate(value) === true);
  } catch (error) {
    if (!(error instanceof TookTooLong)) return error instanceof Error ? error : new Error(String(error));
    // It stopped in the middle of its work, and would not get over that.
    engines.delete(age);
    return new Error(tooLarge);
  }
}

function judgeBy(validate: (value: unknown) => boolean): Validate {
  let late = false;
  return (value) => {
    // What did not end is not asked again.
    if (late) return 'late';
    try {
      return withinTime(mostMilliseconds, () => validate(value));
    } catch (error) {
      if (!(error instanceof TookTooLong)) throw error;
      late = true;
      return 'late';
    }
  };
}

/** An engine keeps what it compiled, and making one takes longer than compiling most schemas: each serves many, not all. */
const usesOfOne = 100;
const engines = new Map<'old' | 'new', { readonly engine: Ajv; left: number }>();

function engineFor(schema: JsonSchema): { readonly engine: Ajv; readonly age: 'old' | 'new' } {
  const declared = typeof schema['$schema'] === 'string' ? schema['$schema'] : '';
  const age = /draft-0[4-7]/.test(declared) ? 'old' : 'new';
  const known = engines.get(age);
  // A schema with a name of its own could clash with another's.
  if (known !== undefined && known.left-- > 0 && !JSON.stringify(schema).includes('"$id"'))
    return { engine: known.engine, age };
  const engine = age === 'old' ? new Ajv(options) : new Ajv2020(options);
  (addFormats as unknown as (ajv: Ajv) => void)(engine);
  engines.set(age, { engine, left: usesOfOne });
  return { engine, age };
}

/** What is wrong with a schema itself, in words; empty when it is a valid schema that compiles. */
export function schemaFaults(schema: unknown): string[] {
  if (schema === null || typeof schema !== 'object' || Array.isArray(schema)) return ['it is not an object'];
  const faults: string[] = [];
  if ((schema as JsonSchema)['type'] !== 'object') faults.push('its root is not `"type": "object"`');
  faults.push(...patternFaults(schema as JsonSchema));
  if (faults.length > 0) return faults;
  try {
    compileSchema(schema as JsonSchema);
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error));
  }
  return faults;
}

/** Patterns that are no ECMA-262 regular expressions, such as `(?i)…`: clients refuse the whole list for them. */
function patternFaults(schema: JsonSchema): string[] {
  const faults: string[] = [];
  walkSchema(schema, (node, path) => {
    const pattern = node['pattern'];
    if (typeof pattern !== 'string') return;
    try {
      new RegExp(pattern, 'u');
    } catch {
      faults.push(`the pattern at ${path || 'the root'} is not valid in JavaScript: ${pattern.slice(0, 60)}`);
    }
  });
  return faults;
}

const mapKeywords = ['properties', '$defs', 'definitions', 'patternProperties', 'dependentSchemas'];
const listKeywords = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const schemaKeywords = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'];

/** Visits every subschema; `path` is dotted, empty at the root. Depth is bounded. */
export function walkSchema(
  schema: JsonSchema,
  visit: (node: JsonSchema, path: string) => void,
  path = '',
  depth = 0,
): void {
  if (depth > 32) return;
  visit(schema, path);
  const go = (child: unknown, at: string): void => {
    if (isSchema(child)) walkSchema(child, visit, path ? `${path}.${at}` : at, depth + 1);
  };
  for (const keyword of mapKeywords) {
    const map = schema[keyword];
    if (isSchema(map))
      for (const [name, child] of Object.entries(map))
        go(child, keyword === 'properties' ? name : `${keyword}.${name}`);
  }
  for (const keyword of listKeywords) {
    const list = schema[keyword];
    if (Array.isArray(list)) list.forEach((child, index) => go(child, `${keyword}[${index}]`));
  }
  for (const keyword of schemaKeywords) go(schema[keyword], keyword);
}

export function isSchema(value: unknown): value is JsonSchema {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
