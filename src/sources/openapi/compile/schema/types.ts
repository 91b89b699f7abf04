import { cut } from '../../../../util/index.ts';
import type { Json } from '../../../../spec/index.ts';
import type { JsonObject } from '../json.ts';
import type { Context } from '../types.ts';
import { jsonPath } from '../pointer.ts';

export type { View } from '../types.ts';

export type Out = { [keyword: string]: Json };

/** Remarks that a keyword was taken away, and counts it as a loss. */
export function leaveOut(context: Context, where: string, what: string, keyword?: string): void {
  context.losses += 1;
  const overlay = keyword === undefined ? undefined : { target: `${jsonPath(where)}['${keyword}']`, remove: true };
  context.remark({ where, what: cut(what, 400), action: 'left_out', ...(overlay && { overlay }) });
}

export function mend(context: Context, where: string, what: string, update?: JsonObject): void {
  const overlay = update === undefined ? undefined : { target: jsonPath(where), update };
  context.remark({ where, what: cut(what, 400), action: 'mended', ...(overlay && { overlay }) });
}

/** A value of the document for a message. */
export const shown = (value: unknown): string => cut(JSON.stringify(value) ?? String(value), 80);
