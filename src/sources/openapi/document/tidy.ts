import type { ApiRemark, Json } from '../../../spec/index.ts';
import { maxDepth, maxNodes, refusedDocument, tooDeep } from './bounds.ts';
import { step } from './tree.ts';
import type { JsonObject } from './types.ts';

interface Tidying {
  readonly most: number;
  /** Containers on the way down, with their pointers: what meets one of them again is a circle. */
  readonly open: Map<object, string>;
  readonly seen: Set<object>;
  readonly doubles: ReadonlyMap<object, readonly string[]>;
  nodes: number;
  remark(remark: ApiRemark): void;
}

/**
 * Makes what a parser gave a tree of its own: `__proto__` keys are dropped, what an alias repeats is copied, a circle of
 * aliases becomes a `$ref`, numbers that JSON cannot hold become null. Changes it in place.
 * @throws CrafterError INVALID_INPUT when it is too deep, or too large once aliases are written out.
 */
export function tidy(value: unknown, text: string, doubles: Tidying['doubles'], remark: Tidying['remark']): Json {
  return visit({ most: maxNodes(text), open: new Map(), seen: new Set(), doubles, nodes: 0, remark }, value, '#', 0);
}

function visit(tidying: Tidying, value: unknown, where: string, depth: number): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value === undefined ? null : (value as Json);
  const circle = tidying.open.get(value);
  if (circle !== undefined) {
    tidying.remark({
      where,
      what: 'An alias stands inside what it repeats; a reference stands for it.',
      action: 'mended',
    });
    return { $ref: circle };
  }
  tidying.nodes += 1;
  if (tidying.nodes > tidying.most) throw tooMany(tidying.most);
  if (depth > maxDepth) throw tooDeep(where.slice(0, 200));
  const target = tidying.seen.has(value) ? (Array.isArray(value) ? [...(value as Json[])] : { ...value }) : value;
  tidying.seen.add(value);
  tidying.open.set(value, where);
  if (Array.isArray(target)) visitList(tidying, target, where, depth);
  else visitObject(tidying, target as JsonObject, where, depth, tidying.doubles.get(value));
  tidying.open.delete(value);
  return target as Json;
}

function visitList(tidying: Tidying, list: Json[], where: string, depth: number): void {
  for (let index = 0; index < list.length; index += 1) {
    const child = list[index];
    if (typeof child === 'object' || typeof child === 'number')
      list[index] = visit(tidying, child, `${where}/${index}`, depth + 1);
    else if (++tidying.nodes > tidying.most) throw tooMany(tidying.most);
  }
}

function visitObject(
  tidying: Tidying,
  object: JsonObject,
  where: string,
  depth: number,
  doubles: readonly string[] = [],
): void {
  for (const key of doubles)
    tidying.remark({
      where: where + step(key),
      what: `The key stands twice here; the last one holds.`,
      action: 'mended',
    });
  for (const key of Object.keys(object)) {
    const child = object[key];
    if (key === '__proto__') {
      delete object[key];
      tidying.remark({ where, what: 'A key `__proto__` was dropped.', action: 'left_out' });
    } else if (typeof child === 'object' || typeof child === 'number')
      object[key] = visit(tidying, child, where + step(key), depth + 1);
    else if (++tidying.nodes > tidying.most) throw tooMany(tidying.most);
  }
}

const tooMany = (most: number): Error =>
  refusedDocument(
    'document',
    `its aliases make more than ${most} values of it`,
    'Write out the aliases that are needed, or use `$ref`.',
  );
