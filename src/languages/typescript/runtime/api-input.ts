import type { ApiFile } from './api-file.ts';
import { crowded } from './bounds.ts';
import { isRecord, openValidator, problemOf, type Check, type ObjectSchema, type Validate } from './schema.ts';

type Schemas = Readonly<Record<string, unknown>>;

/** Where the shared schemas stand for the validator; never fetched. */
const place = 'https://schemas.invalid/shared';
const prefix = '#/$defs/';

/** Schemas compiled at a time: what they take of memory stays bounded however large the API is. */
const mostCompiled = 200;

interface Engine {
  readonly validator: Awaited<ReturnType<typeof openValidator>>;
  readonly compiled: Map<ObjectSchema, Validate>;
}

/**
 * Makes checks of arguments by the input schemas of an API. A schema is compiled when it is first needed, and what
 * operations share is compiled once for all of them: first calls of a large API would take long otherwise.
 *
 * A value that fits several alternatives of a `oneOf` is not refused: documents write `oneOf` where an API tells the
 * alternatives apart by other means.
 */
export function openInputChecks(api: Pick<ApiFile, 'schemas' | 'tools'>): (schema: ObjectSchema) => Check {
  let shared: Shared | undefined;
  let engine: Promise<Engine> | undefined;
  const open = async (): Promise<Engine> => {
    const validator = await openValidator();
    shared ??= openShared(api);
    validator.getValidator({ $id: place, $defs: shared.definitions as Record<string, object> });
    return { validator, compiled: new Map() };
  };
  return (schema) => async (value) => {
    const tooMany = crowded([schema, api.schemas], value);
    if (tooMany !== undefined) return tooMany;
    const { validator, compiled } = await (engine ??= open());
    let validate = compiled.get(schema);
    if (validate === undefined) {
      validate = validator.getValidator(shared!.apart(schema));
      compiled.set(schema, validate);
      if (compiled.size >= mostCompiled) engine = undefined;
    }
    return problemOf(validate, schema, value);
  };
}

interface Shared {
  readonly definitions: Schemas;
  /** The schema with its references to shared schemas pointing to where they stand. */
  apart(schema: ObjectSchema): ObjectSchema;
}

/** The schemas that operations point to: the API's own, and those that listed tools bring along. */
function openShared({ schemas = {}, tools }: Pick<ApiFile, 'schemas' | 'tools'>): Shared {
  const originals = new Map(Object.entries(schemas as Schemas));
  for (const { inputSchema } of tools)
    for (const [name, schema] of Object.entries(ownOf(inputSchema)))
      if (!originals.has(name)) originals.set(name, schema);
  const texts = new Map<string, string>();
  const isShared = (name: string, schema: unknown): boolean => {
    const text = texts.get(name) ?? JSON.stringify(originals.get(name));
    texts.set(name, text);
    return JSON.stringify(schema) === text;
  };
  const within = (name: string): string | undefined => (originals.has(name) ? '' : undefined);
  return {
    definitions: Object.fromEntries([...originals].map(([name, schema]) => [name, adapt(schema, within)])),
    apart(schema) {
      const { $defs: _, ...rest } = schema;
      const own = ownOf(schema);
      const differs = Object.entries(own).some(([name, definition]) => !isShared(name, definition));
      const where = (name: string): string | undefined =>
        differs && Object.hasOwn(own, name) ? '' : originals.has(name) ? place : undefined;
      return adapt(differs ? schema : rest, where) as ObjectSchema;
    },
  };
}

const ownOf = ({ $defs }: ObjectSchema): Schemas => (isRecord($defs) ? $defs : {});

/**
 * A schema with `anyOf` for `oneOf` and its references led to where the schemas stand; what stands nowhere, a part
 * that was left out of the document, accepts anything. What need not change is not copied.
 */
function adapt(value: unknown, where: (name: string) => string | undefined): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => adapt(item, where));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, part]): [string, unknown] => [
    key,
    key === '$ref' && typeof part === 'string' ? led(part, where) : adapt(part, where),
  ]);
  // A property may be called oneOf; its value is no list.
  const hasChoice = Array.isArray(value['oneOf']);
  if (!hasChoice && entries.every(([key, part]) => part === value[key])) return value;
  const { oneOf, ...adapted } = Object.fromEntries(entries.filter(([, part]) => part !== undefined));
  if (!hasChoice) return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
  const { anyOf, ...rest } = adapted;
  if (anyOf === undefined) return { ...rest, anyOf: oneOf };
  return { ...rest, allOf: [...((rest['allOf'] as []) ?? []), { anyOf: oneOf }, { anyOf }] };
}

function led(reference: string, where: (name: string) => string | undefined): string | undefined {
  if (!reference.startsWith(prefix)) return reference;
  const name = reference.slice(prefix.length).split('/')[0]!.replaceAll('~1', '/').replaceAll('~0', '~');
  const found = where(name);
  return found === undefined ? undefined : `${found}${reference}`;
}
