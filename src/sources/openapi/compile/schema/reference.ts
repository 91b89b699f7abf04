import { cut } from '../../../../util/index.ts';
import { isObject, own } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { pointed } from '../pointer.ts';
import type { Context } from '../types.ts';
import { leaveOut } from './types.ts';
import type { View } from './types.ts';

/** The pointer at the end of a chain of bare references; nothing, with a remark, where it dangles or leads in a circle. */
export function finalTarget(context: Context, reference: string, view: View): string | undefined {
  const seen = new Set<string>();
  let pointer = reference;
  for (;;) {
    const target = pointed(context.root, pointer);
    if (seen.has(pointer) || target === undefined) {
      const what = seen.has(pointer) ? 'leads in a circle' : 'finds nothing';
      // One to another document was told when that was not found.
      if (reference.startsWith('#'))
        leaveOut(context, view.where, `The reference to ${cut(reference, 200)} ${what}; any value is taken.`);
      return undefined;
    }
    if (!isBare(target, context)) return pointer;
    seen.add(pointer);
    pointer = target['$ref'] as string;
  }
}

const isBare = (value: unknown, context: Context): value is JsonObject =>
  isObject(value) &&
  typeof value['$ref'] === 'string' &&
  (Object.keys(value).length === 1 || (context.version === '3.0' && value['nullable'] !== true));

/** The schema itself, behind references; undefined where they lead nowhere. No remarks: for looking only. */
export function behind(context: Context, raw: unknown): JsonObject | undefined {
  let current = raw;
  for (let steps = 0; steps < 20 && isObject(current) && typeof current['$ref'] === 'string'; steps += 1)
    current = pointed(context.root, current['$ref']);
  return isObject(current) && own(current, '$ref') === undefined ? current : undefined;
}
