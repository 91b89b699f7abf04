import { z } from 'zod';
import { annotations, invalidInput, nearest, parseInput } from '../../../spec/index.ts';
import type { ApiRemark } from '../../../spec/index.ts';
import { wordsOf } from './mcp-extensions.ts';
import type { PlacedOperation } from './operations.ts';
import { readTree } from './text.ts';

/** What is different about the tool of one operation. */
const override = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/,
      'lower-case letters, digits and single underscores, starting with a letter',
    )
    .max(64)
    .optional(),
  title: z.string().min(1).max(120).optional(),
  description: z.string().min(1).max(4000).optional(),
  annotations: annotations.partial().optional(),
  /** No tool is made of it. */
  hidden: z.boolean().optional(),
  /** Listed as a tool whatever the shape. */
  pin: z.boolean().optional(),
});

const file = z.record(z.string(), override);

export type Override = z.infer<typeof override>;

/**
 * What is different about which operation, by `METHOD /path`: by the document's own extensions, and before them by the
 * user's file.
 * @throws CrafterError INVALID_INPUT naming each unknown operation with the nearest known one.
 */
export function overridesOf(
  all: readonly PlacedOperation[],
  text: string | undefined,
  remark: (remark: ApiRemark) => void,
): Map<string, Override> {
  const overrides = new Map<string, Override>();
  for (const one of all) {
    const words = said(one, remark);
    if (Object.keys(words).length > 0) overrides.set(one.key, words);
  }
  if (text === undefined) return overrides;
  const given = parseInput(
    file,
    readTree(text, () => undefined),
    'file of overrides',
  );
  const known = all.flatMap(({ id, key }) => (id === undefined ? [key] : [id, key]));
  const problems = [];
  for (const [name, wish] of Object.entries(given)) {
    const meant = all.filter(({ id, key }) => name === id || name.toLowerCase() === key.toLowerCase());
    for (const { key } of meant) overrides.set(key, { ...overrides.get(key), ...wish });
    if (meant.length > 0) continue;
    const near = nearest(name, known);
    const remedy =
      near === undefined ? 'Name an operation by its operationId or as `GET /path`.' : `Did you mean \`${near}\`?`;
    problems.push({ field: name.slice(0, 100), message: 'the document has no such operation', remedy });
  }
  if (problems.length > 0) throw invalidInput('file of overrides', problems);
  return overrides;
}

/** What the document says in an extension, as far as it can be a tool's. */
function said(one: PlacedOperation, remark: (remark: ApiRemark) => void): Override {
  const { name, ...words } = wordsOf(one);
  const snake = name
    ?.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  const parsed = override.safeParse({ ...words, ...(snake === undefined ? {} : { name: snake }) });
  if (parsed.success) return parsed.data;
  remark({ where: one.where, what: 'What the extension for MCP says of the tool cannot be used.', action: 'left_out' });
  return {};
}
