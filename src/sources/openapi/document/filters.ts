import { nearest } from '../../../spec/index.ts';
import type { ApiOptions, ApiRemark } from '../../../spec/index.ts';
import { cut } from '../../../util/index.ts';
import { refusedDocument } from './bounds.ts';
import { isOffered } from './mcp-extensions.ts';
import type { PlacedOperation } from './operations.ts';
import { matches, passes } from './pattern.ts';
import type { JsonObject } from './types.ts';

type Remark = (remark: ApiRemark) => void;

/** Each filter with the words of an operation that it looks at. */
const filters = {
  tags: ({ tags }: PlacedOperation) => tags,
  paths: ({ path }: PlacedOperation) => [path],
  methods: ({ method }: PlacedOperation) => [method],
  operations: ({ id, key }: PlacedOperation) => (id === undefined ? [key] : [id, key]),
} as const;

/**
 * The operations that pass all filters and that the document offers. What a pattern is wrong about is a remark.
 * (`readOnly` is judged when an operation is compiled: what it does is not told by its method alone.)
 * @throws CrafterError INVALID_INPUT when none passes.
 */
export function selectOperations(
  root: JsonObject,
  all: readonly PlacedOperation[],
  options: ApiOptions,
  remark: Remark,
): PlacedOperation[] {
  const doubts = (Object.keys(filters) as (keyof typeof filters)[]).flatMap((name) =>
    (options[name] ?? []).flatMap((pattern) => doubtOf(name, pattern, all)),
  );
  for (const what of doubts) remark({ where: '#/paths', what, action: 'noticed' });
  const kept = all.filter((one) => {
    if (options.skipDeprecated === true && one.operation['deprecated'] === true) return false;
    if (!isOffered(root, one)) return false;
    return Object.entries(filters).every(([name, words]) => passes(options[name as keyof typeof filters], words(one)));
  });
  if (kept.length > 0 || all.length === 0) return kept;
  const remedy =
    doubts[0] ?? 'Choose other filters, or leave one out; `x-mcp` and `x-speakeasy-mcp` of the document count too.';
  throw refusedDocument('paths', `none of the ${all.length} operations passes the filters`, remedy);
}

function doubtOf(name: keyof typeof filters, pattern: string, all: readonly PlacedOperation[]): string[] {
  const bare = pattern.replace(/^!/, '');
  const words = [...new Set(all.flatMap(filters[name]))];
  if (words.some((word) => matches(bare, word))) return [];
  const near = nearest(bare.replaceAll('*', ''), words);
  const known =
    near === undefined
      ? ` There are: ${words
          .slice(0, 8)
          .map((word) => cut(word, 60))
          .join(', ')}.`
      : ` Did you mean ${cut(near, 100)}?`;
  return [`No operation fits ${flags[name]} ${cut(pattern, 100)}.${words.length === 0 ? '' : known}`];
}

const flags = { tags: '--tag', paths: '--path', methods: '--method', operations: '--operation' } as const;
