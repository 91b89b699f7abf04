import type { Annotations, Api, JsonSchema, Tool } from '../../spec/index.ts';
import { cut } from '../../util/index.ts';

const looks: Annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

const object = (properties: { [name: string]: JsonSchema }, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required: [...required] }),
  additionalProperties: false,
});
const text = (description: string): JsonSchema => ({ type: 'string', description });
const count = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'integer',
  minimum: 0,
  ...more,
  description,
});

const fields: JsonSchema = {
  type: 'array',
  items: { type: 'string' },
  description: 'Only these parts of the answer, as dotted paths: items.id.',
};

/** Longest list of tags in the listing, in characters: the rest is found by searching. */
const mostTags = 700;

/** Finds and runs the operations of a catalogue. The words are few: they cost tokens in every conversation. */
export function catalogueTools(api: Api, operations: readonly Tool[]): Tool[] {
  const reads = operations.some(({ annotations }) => annotations.readOnlyHint);
  const writes = operations.filter(({ annotations }) => !annotations.readOnlyHint);
  return [
    searchTool(api, operations),
    {
      name: 'describe_operation',
      title: 'Describe an operation',
      description:
        'Shows the parameters of one operation as JSON Schema, and what it answers. Rarely used parts are left out unless `full` is set. Does not call the API.',
      input: object(
        {
          operation: text('Name of the operation.'),
          full: { type: 'boolean', description: 'Show every part of the schema.' },
        },
        ['operation'],
      ),
      annotations: looks,
      implementation: { kind: 'catalogue', part: 'describe' },
      examples: [],
    },
    ...(reads ? [callTool('read', { ...looks, openWorldHint: true })] : []),
    ...(writes.length > 0 ? [callTool('write', together(writes))] : []),
  ];
}

function searchTool({ title }: Api, operations: readonly Tool[]): Tool {
  return {
    name: 'search_operations',
    title: 'Search operations',
    description: `Searches the ${operations.length.toLocaleString('en-US')} operations of ${cut(title, 100)} by words and returns the best: name, what each does, its required parameters. Does not call the API. Next: describe_operation.`,
    input: object(
      {
        query: text('What to do, in a few words.'),
        tag: text(`Only operations of this group: ${tagsOf(operations)}.`),
        limit: count('Most operations to return (10).', { minimum: 1, maximum: 50 }),
      },
      ['query'],
    ),
    annotations: looks,
    implementation: { kind: 'catalogue', part: 'search' },
    examples: [],
  };
}

function callTool(part: 'read' | 'write', annotations: Annotations): Tool {
  const does =
    part === 'read'
      ? 'Calls an operation that only reads and returns its status and data. Refuses operations that change something.'
      : 'Calls an operation that changes something and returns its status and data. Not for operations that only read.';
  return {
    name: `call_${part}_operation`,
    title: part === 'read' ? 'Call a reading operation' : 'Call a writing operation',
    description: does,
    input: object(
      {
        operation: text('Name of the operation.'),
        arguments: { type: 'object', description: 'Its arguments, as describe_operation shows them.' },
        fields,
      },
      ['operation'],
    ),
    annotations,
    implementation: { kind: 'catalogue', part },
    examples: [],
  };
}

/** Shows more of an answer that was too large to be given whole. */
export function answerTool(): Tool {
  return {
    name: 'read_answer',
    title: 'Read more of an answer',
    description:
      'Shows more of an answer that was cut for its size: a range of its items, or only some fields of them. Returns what is kept for a while; does not call the API.',
    input: object(
      {
        answer: text('Id of the answer, from its `cut`.'),
        fields,
        from: count('First item or character to show, counted from 0.'),
        count: count('How many items or characters to show.', { minimum: 1 }),
      },
      ['answer'],
    ),
    annotations: looks,
    implementation: { kind: 'answer' },
    examples: [],
  };
}

/** Signs a user in where the API wants that, in two calls. */
export function authorizeTool(schemes: Api['security']): Tool {
  const names = Object.keys(schemes);
  const devices = Object.values(schemes).filter(
    (scheme) => scheme.type === 'oauth2' && scheme.flow === 'deviceAuthorization',
  ).length;
  const byCode =
    'Without `code` it returns the address that the user opens in a browser; with `code` and `state` from the address that the browser ends at, it finishes.';
  const byDevice =
    'Returns an address and a code that the user enters there, on any device; called again after that, it finishes.';
  const ways = [...(devices < names.length ? [byCode] : []), ...(devices > 0 ? [byDevice] : [])].join(' Or: ');
  return {
    name: 'authorize',
    title: 'Sign in',
    description: `Signs the user in to the API with OAuth. ${ways} The token is kept encrypted and never returned.`,
    input: object({
      scheme: {
        ...text('Which sign-in, when the API has several.'),
        ...(names.length > 1 && { enum: names }),
      },
      ...(devices < names.length && {
        code: text('`code` of the address that the browser ended at.'),
        state: text('`state` of that address.'),
        issuer: text('`iss` of that address, when it has one.'),
      }),
    }),
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    implementation: { kind: 'authorize' },
    examples: [],
  };
}

/** What may be said of all of them: destructive when one is, idempotent when each is. */
function together(tools: readonly Tool[]): Annotations {
  return {
    readOnlyHint: false,
    destructiveHint: tools.some(({ annotations }) => annotations.destructiveHint),
    idempotentHint: tools.every(({ annotations }) => annotations.idempotentHint),
    openWorldHint: true,
  };
}

/** Tags with most operations first, as many as find room. */
function tagsOf(operations: readonly Tool[]): string {
  const counts = new Map<string, number>();
  for (const { implementation } of operations) {
    for (const tag of implementation.kind === 'http' ? implementation.tags : [])
      counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  const names = [...counts].toSorted(([, a], [, b]) => b - a).map(([tag]) => cut(tag, 60));
  let shown = '';
  for (const [index, name] of names.entries()) {
    if (shown.length + name.length > mostTags) return `${shown} and ${names.length - index} more`;
    shown += index === 0 ? name : `, ${name}`;
  }
  return shown || 'none has one';
}
