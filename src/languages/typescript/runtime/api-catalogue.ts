import { callOperation, type ApiCalls } from './api-call.ts';
import { compactSchema, withoutWords } from './api-compact.ts';
import type { ApiContext } from './api-context.ts';
import type { ApiOperation, CatalogueCall } from './api-file.ts';
import { openOperations, type Operations } from './api-operations.ts';
import { selfContained } from './api-schema.ts';
import { ToolError } from './errors.ts';
import { isRecord, type ObjectSchema } from './schema.ts';

export interface CatalogueInput {
  readonly query?: string;
  readonly tag?: string;
  readonly limit?: number;
  readonly operation?: string;
  readonly full?: boolean;
  readonly arguments?: Readonly<Record<string, unknown>>;
  readonly fields?: readonly string[];
}

export type Catalogue = (
  part: CatalogueCall['part'],
  args: CatalogueInput,
  context: ApiContext,
) => Promise<Record<string, unknown>>;

type Schemas = NonNullable<ApiCalls['api']['schemas']>;

/** About 2,500 tokens for what goes in, 500 for what comes out. */
const inputRoom = 9000;
const outputRoom = 2000;

/** Finds, describes and runs the operations of an API by name. */
export function openCatalogue(calls: ApiCalls): Catalogue {
  const operations = openOperations(calls.api);
  const toolNames = new Map(
    calls.api.tools.flatMap(({ name, implementation: it }) =>
      it.kind === 'catalogue' ? [[it.part, name] as const] : [],
    ),
  );
  const callerOf = (operation: ApiOperation) =>
    toolNames.get(partOf(operation)) ?? 'a tool that this server does not list';

  return async (part, args, context) => {
    if (part === 'search') return searched(operations, args, callerOf);
    const operation = operations.find(args.operation ?? '');
    if (part === 'describe') return described(calls, operation, args.full === true, callerOf(operation));
    if (partOf(operation) !== part)
      throw new ToolError(
        `${operation.name} ${part === 'read' ? 'changes something' : 'only reads'}.`,
        `Call it with ${callerOf(operation)}.`,
      );
    const given = args.arguments ?? {};
    const problem = await calls.inputCheck(operation.inputSchema)(given);
    if (problem !== undefined)
      throw new ToolError(
        `Invalid arguments for ${operation.name}: ${problem}`,
        `${toolNames.get('describe') ?? 'The description'} shows what it takes.`,
      );
    return callOperation(calls, operation, given, { context, fields: args.fields ?? [] });
  };
}

function partOf({ annotations }: ApiOperation): 'read' | 'write' {
  return annotations.readOnlyHint ? 'read' : 'write';
}

function searched(
  operations: Operations,
  { query = '', tag, limit = 10 }: CatalogueInput,
  callerOf: (operation: ApiOperation) => string,
): Record<string, unknown> {
  const tags = tag === undefined ? undefined : tagsLike(operations, tag);
  const accepted = new Set(
    operations.all
      .filter(({ implementation: { tags: own = [] } }) => tags === undefined || own.some((name) => tags.has(name)))
      .map(({ name }) => name),
  );
  const names = operations.search(query, (name) => accepted.has(name), limit);
  // A group is looked through as a whole when the words find nothing in it.
  const shown = names.length === 0 && tags !== undefined ? [...accepted].slice(0, limit) : names;
  const found = shown
    .map((name) => operations.find(name))
    .map((operation) => ({
      operation: operation.name,
      does: firstSentence(operation),
      request: `${operation.implementation.method} ${operation.implementation.path}`,
      required: operation.inputSchema['required'] ?? [],
      call: callerOf(operation),
    }));
  return found.length > 0
    ? { operations: found }
    : { operations: found, hint: 'Nothing fits: use other words, or leave out the tag.' };
}

/** The group of that name in any spelling, else those that contain it. */
function tagsLike({ all }: Operations, wanted: string): Set<string> {
  const tags = new Set(all.flatMap(({ implementation }) => implementation.tags ?? []));
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const exact = [...tags].filter((tag) => plain(tag) === plain(wanted));
  return new Set(exact.length > 0 ? exact : [...tags].filter((tag) => plain(tag).includes(plain(wanted))));
}

function firstSentence({ title, description }: ApiOperation): string {
  const sentence = /^.*?[.!?](?=\s|$)/s.exec(description)?.[0] ?? description;
  const text = sentence.length > 160 ? `${sentence.slice(0, 160)}…` : sentence;
  return text === '' ? title : text;
}

function described(calls: ApiCalls, operation: ApiOperation, full: boolean, call: string): Record<string, unknown> {
  const { schemas = {} } = calls.api;
  const { name, description, inputSchema, outputSchema, implementation } = operation;
  const head = { operation: name, description, request: `${implementation.method} ${implementation.path}`, call };
  if (full) return { ...head, ...wholeInput(inputSchema, schemas, calls.maxCharacters - 2000) };
  const whole = compactSchema(inputSchema, schemas, inputRoom);
  const data = isRecord(outputSchema?.['properties']) ? outputSchema['properties']['data'] : undefined;
  const defs = isRecord(outputSchema?.['$defs']) ? { $defs: outputSchema['$defs'] } : {};
  const answer = isRecord(data) && compactSchema({ ...data, ...defs } as unknown as ObjectSchema, schemas, outputRoom);
  return {
    ...head,
    input: whole.schema,
    ...(answer && { answers: answer.schema }),
    ...(whole.partial && { more: 'Optional parts further in are left out; `full: true` shows them.' }),
  };
}

/** Everything that fits: an answer has a limit, and a schema cut in two would be none. */
function wholeInput(schema: ObjectSchema, shared: Schemas, room: number): Record<string, unknown> {
  const whole = selfContained(schema, shared);
  if (JSON.stringify(whole).length <= room) return { input: whole };
  const bare = withoutWords(whole);
  if (JSON.stringify(bare).length <= room) return { input: bare, more: 'Descriptions are left out: it is too large.' };
  return { input: compactSchema(schema, shared, room).schema, more: 'Optional parts are left out: it is too large.' };
}
