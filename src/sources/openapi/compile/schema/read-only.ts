import { isObject, list } from '../json.ts';
import type { Context } from '../types.ts';
import { behind } from './reference.ts';

/** OpenAPI 3.0, 4.7.24.1: a read-only property "SHOULD NOT be sent as part of the request". */
export function isReadOnly(context: Context, raw: unknown): boolean {
  if (!isObject(raw)) return false;
  if (raw['readOnly'] === true) return true;
  if (typeof raw['$ref'] === 'string') return behind(context, raw)?.['readOnly'] === true;
  return list(raw['allOf']).some((part) => isObject(part) && part['readOnly'] === true);
}
