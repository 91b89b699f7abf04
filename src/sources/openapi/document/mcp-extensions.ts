import type { Json } from '../../../spec/index.ts';
import { isObject, own, textOf } from './tree.ts';
import type { PlacedOperation } from './operations.ts';
import type { JsonObject } from './types.ts';

const names = ['x-mcp', 'x-speakeasy-mcp'] as const;

/**
 * Whether the document itself offers an operation to MCP. `x-mcp: false`, or an object with `disabled: true`,
 * `enabled: false` or `include: false`, takes it out; what stands at the operation holds before its path, that before the document.
 * Sources: x-mcp of openapi-mcp-generator, `x-speakeasy-mcp` of Speakeasy ("Customize Tools").
 */
export function isOffered(root: JsonObject, { operation, pathItem }: PlacedOperation): boolean {
  for (const holder of [operation, pathItem, root])
    for (const name of names) {
      const word = wordOf(own(holder, name));
      if (word !== undefined) return word;
    }
  return true;
}

function wordOf(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  const [disabled, ...enabled] = ['disabled', 'enabled', 'include', 'expose'].map((key) => own(value, key));
  if (typeof disabled === 'boolean') return !disabled;
  return enabled.find((word): word is boolean => typeof word === 'boolean');
}

/** Name, title and description that an operation's extension gives its tool. */
export function wordsOf({ operation }: PlacedOperation): { name?: string; title?: string; description?: string } {
  const extension = names.map((name) => own(operation, name)).find(isObject);
  const said = ['name', 'title', 'description'].flatMap((key) => {
    const word = textOf(own(extension, key))?.trim();
    return word === undefined || word === '' ? [] : [[key, word] as const];
  });
  return Object.fromEntries(said);
}
