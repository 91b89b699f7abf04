import type { Json } from '../../../../spec/index.ts';
import { TookTooLong } from '../../../../util/index.ts';
import type { JsonObject } from '../json.ts';
import { isPoisoned } from '../text.ts';
import type { Context } from '../types.ts';
import { isOfType, typesOf } from './simple.ts';
import { leaveOut, shown } from './types.ts';
import type { Out, View } from './types.ts';

/** A default that its own schema refuses is left out, and so is one too long to be read. */
export function defaultOf(context: Context, raw: JsonObject, out: Out, view: View): void {
  if (!Object.hasOwn(raw, 'default')) return;
  const value = raw['default'] as Json;
  if (value === null && typesOf(out)?.includes('null') !== true) return;
  if (typeof value !== 'number' && isPoisoned(JSON.stringify(value))) return;
  if (!fits(context, value, out))
    leaveOut(context, view.where, `The default ${shown(value)} does not fit its own schema.`, 'default');
  else if (JSON.stringify(value).length <= 100) out['default'] = value;
}

function fits(context: Context, value: Json, out: Out): boolean {
  const allowed = typesOf(out);
  if (allowed !== undefined && !allowed.some((type) => isOfType(value, type))) return false;
  if (Array.isArray(out['enum']) && !out['enum'].some((one) => JSON.stringify(one) === JSON.stringify(value)))
    return false;
  const bound = (keyword: string): number | undefined => (typeof out[keyword] === 'number' ? out[keyword] : undefined);
  if (typeof value === 'number')
    return value >= (bound('minimum') ?? -Infinity) && value <= (bound('maximum') ?? Infinity);
  if (typeof value === 'string')
    return (
      [...value].length >= (bound('minLength') ?? 0) &&
      [...value].length <= (bound('maxLength') ?? Infinity) &&
      (typeof out['pattern'] !== 'string' || accepts(context, out['pattern'], value))
    );
  return true;
}

/** What cannot be told in time does not fit. */
function accepts(context: Context, pattern: string, value: string): boolean {
  const expression = new RegExp(pattern, 'u');
  try {
    return context.inTime(() => expression.test(value));
  } catch (error) {
    if (error instanceof TookTooLong) return false;
    throw error;
  }
}
