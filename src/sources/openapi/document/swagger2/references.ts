import type { Json } from '../../../../spec/index.ts';
import { isObject, own, pointedTo, textOf } from '../tree.ts';
import type { JsonObject } from '../types.ts';
import type { Conversion } from './types.ts';

/** What a reference object leads to in the 2.0 document, over any number of steps, with the first reference on the way. */
export function follow(
  conversion: Conversion,
  value: Json | undefined,
): { target: JsonObject | undefined; reference?: string } {
  const seen = new Set<string>();
  let current = value;
  for (
    let reference = textOf(own(current, '$ref'));
    reference !== undefined;
    reference = textOf(own(current, '$ref'))
  ) {
    if (seen.has(reference)) return { target: undefined };
    seen.add(reference);
    current = reference.startsWith('#') ? pointedTo(conversion.root, reference.slice(1)) : undefined;
  }
  const [reference] = seen;
  return { target: isObject(current) ? current : undefined, ...(reference === undefined ? {} : { reference }) };
}
