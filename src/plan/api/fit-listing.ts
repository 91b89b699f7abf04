import { invalidInput, type JsonSchema, type Tool } from '../../spec/index.ts';
import { cut } from '../../util/index.ts';
import { shallow, withWords } from './shorten-schema.ts';

/** Characters of a listing above which it is shortened. */
const roomy = 4_000_000;
/** A list over 10 MB closes a stdio client; texts may take more bytes than characters. */
const most = 8_000_000;

export interface FittedListing {
  /** Listed tools; their schemas stand by themselves. */
  readonly tools: readonly Tool[];
  /** What was left out, in words; absent when nothing was. */
  readonly shortened?: string;
}

type Step = readonly [what: string, change: (tool: Tool) => Tool];

const input =
  (change: (schema: JsonSchema) => JsonSchema) =>
  (tool: Tool): Tool => ({ ...tool, input: change(tool.input) });

/** What goes first is missed least; each step keeps those before. */
const steps: readonly Step[] = [
  ['what operations answer with', ({ output: _output, ...tool }) => tool],
  ['long descriptions of fields', input((schema) => withWords(schema, 80))],
  ['descriptions of fields', input((schema) => withWords(schema, 0))],
  ['what stands deep in arguments', input((schema) => shallow(schema, 3))],
  ['all but the first levels of arguments', input((schema) => shallow(schema, 1))],
  ['long descriptions of tools', (tool) => ({ ...tool, description: cut(tool.description, 120) })],
];

/**
 * The tools with schemas so short that clients take their listing. Arguments that are not described are still taken.
 * @throws CrafterError INVALID_INPUT when the names alone are too many.
 */
export function fitListing(tools: readonly Tool[], room = roomy, limit = most): FittedListing {
  let fitted = tools;
  const left: string[] = [];
  for (const [what, change] of steps) {
    if (sizeOf(fitted) <= room) break;
    fitted = fitted.map((tool) => (tool.implementation.kind === 'http' ? change(tool) : tool));
    left.push(what);
  }
  if (left.length === 0) return { tools };
  if (sizeOf(fitted) > limit) throw tooMany(tools.length);
  return {
    tools: fitted,
    shortened: `Left out of the listing, which would be too large for clients: ${left.join('; ')}.`,
  };
}

function sizeOf(tools: readonly Tool[]): number {
  return tools.reduce((sum, { name, title, description, input: inputSchema, output, annotations }) => {
    return sum + JSON.stringify({ name, title, description, inputSchema, outputSchema: output, annotations }).length;
  }, 0);
}

function tooMany(count: number): Error {
  return invalidInput('input', [
    {
      field: 'shape',
      value: 'tools',
      message: `a listing of ${count} tools is larger than clients take`,
      remedy: 'Use --shape search, or choose operations by --tag or --path.',
    },
  ]);
}
