import { cut } from '../../../../util/index.ts';
import type { Json } from '../../../../spec/index.ts';
import type { JsonObject } from '../json.ts';
import type { Context } from '../types.ts';
import { jsonPath } from '../pointer.ts';

/** How a schema is looked at while it is converted. */
export interface View {
  /** Where it stands in the document. */
  readonly where: string;
  /** Names that are no longer required: read-only in another part of the same composition. */
  readonly without?: ReadonlySet<string>;
  /** A part of a composition whose other parts have properties too: `additionalProperties: false` would refuse them. */
  readonly open?: boolean;
  /** References are written out; those open now. */
  readonly inline?: ReadonlySet<string>;
  /** Properties without a description get one from their name. */
  readonly described?: boolean;
}

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
