import type { ApiRemark, JsonSchema } from '../../../../spec/index.ts';
import { cut, timeFor, withoutHidden } from '../../../../util/index.ts';
import type { JsonObject } from '../json.ts';
import { keysOf, pointed } from '../pointer.ts';
import { isPoisoned } from '../text.ts';
import type { Context } from '../types.ts';
import { convert } from './convert.ts';
import { breakCircles } from './circles.ts';

/** A context for one document, with its shared schemas. `finish` compiles those that are needed, until no more are. */
export function createContext(
  root: JsonObject,
  version: Context['version'],
  remark: (remark: ApiRemark) => void,
): { context: Context; finish(): Record<string, JsonSchema> } {
  const names = new Map<string, string>();
  const pointers = new Map<string, string>();
  const taken = new Map<string, number>();
  const schemas: Record<string, JsonSchema> = {};
  const waiting: { pointer: string; name: string }[] = [];
  const refer = (pointer: string): JsonSchema => {
    let name = names.get(pointer);
    if (name === undefined) {
      name = nameOf(pointer, taken);
      names.set(pointer, name);
      pointers.set(name, pointer);
      waiting.push({ pointer, name });
    }
    return { $ref: `#/$defs/${name}` };
  };
  const said = new Set<string>();
  const once = (one: ApiRemark): void => {
    const key = `${one.where} ${one.what}`;
    if (said.has(key)) return;
    said.add(key);
    remark(presentable(one));
  };
  const context: Context = {
    root,
    version,
    remark: once,
    losses: 0,
    xml: false,
    inlines: 2000,
    patterns: new Map(),
    inTime: timeFor(3000, 300),
    shared: { refer, schemas },
    convert: (raw, view) => convert(context, raw, view),
  };
  const finish = (): Record<string, JsonSchema> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      schemas[next.name] = convert(context, pointed(root, next.pointer), { where: next.pointer });
    breakCircles(schemas, (name) =>
      once({
        where: pointers.get(name) ?? '#',
        what: 'The schema consists of itself; any value is taken.',
        action: 'left_out',
      }),
    );
    return schemas;
  };
  return { context, finish };
}

/** Places and quotes of the document are read by people and models: what is not fit to be shown is not. */
function presentable(one: ApiRemark): ApiRemark {
  const where = one.where
    .split('/')
    .map((part) => (isPoisoned(part) ? '…' : part))
    .join('/');
  const what = isPoisoned(one.what) ? 'Something here is wrong, and is not shown.' : one.what;
  const { overlay, ...rest } = one;
  const suggested = overlay === undefined || isPoisoned(JSON.stringify(overlay)) ? {} : { overlay };
  return { ...rest, where: cut(withoutHidden(where), 1000), what: cut(what, 500), ...suggested };
}

/** `#/components/schemas/Pet` is Pet; other places by their last words. Letters, digits, `_`, `.`, `-` only; unique. */
function nameOf(pointer: string, taken: Map<string, number>): string {
  const keys = keysOf(pointer) ?? [];
  const words = keys[0] === 'components' && keys[1] === 'schemas' ? keys.slice(2) : keys.slice(-4);
  const plain =
    words
      .join('_')
      .replace(/[^\w.-]+/g, '_')
      .replace(/^_+(?=.)/, '')
      .slice(0, 100) || 'schema';
  const base = plain === '__proto__' || plain === '_' ? 'schema' : plain;
  let count = taken.get(base) ?? 0;
  const name = (): string => (count === 0 ? base : `${base}_${count + 1}`);
  while (taken.has(name())) count += 1;
  taken.set(base, count).set(name(), 0);
  return name();
}
