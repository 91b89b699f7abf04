import { cut } from '../../../util/index.ts';
import { isObject } from './json.ts';
import { pointed } from './pointer.ts';
import type { Context, Place } from './types.ts';

/**
 * Follows a reference object, over any number of steps (OpenAPI 3.1.1, 4.8.23). `summary` and `description` beside
 * `$ref` replace those of the target. A dangling or circular one gives a remark and nothing.
 */
export function resolve(context: Context, value: unknown, where: string): Place | undefined {
  let current = value;
  let place = where;
  const seen = new Set<string>();
  const words: Record<string, unknown> = {};
  while (isObject(current) && typeof current['$ref'] === 'string') {
    const reference = current['$ref'];
    for (const key of ['summary', 'description'])
      if (typeof current[key] === 'string' && !(key in words)) words[key] = current[key];
    const target = seen.has(reference) ? undefined : pointed(context.root, reference);
    if (target === undefined) {
      const what = seen.has(reference) ? 'leads in a circle' : 'finds nothing';
      // One to another document was told when that was not found.
      if (reference.startsWith('#'))
        context.remark({ where, what: `The reference to ${cut(reference, 200)} ${what}.`, action: 'left_out' });
      return undefined;
    }
    seen.add(reference);
    [current, place] = [target, reference];
  }
  if (!isObject(current)) {
    if (value !== undefined) context.remark({ where, what: 'An object was expected here.', action: 'left_out' });
    return undefined;
  }
  return { value: Object.keys(words).length === 0 ? current : { ...current, ...words }, where: place };
}
