import { isObject, list, own, step } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { isPoisoned } from '../text.ts';
import type { Context } from '../types.ts';
import { usablePattern } from './pattern.ts';
import { leaveOut } from './types.ts';
import type { Out, View } from './types.ts';

const below = (view: View, key: string, more: Partial<View> = {}): View => ({
  where: view.where + step(key),
  ...(view.described === true && { described: true }),
  ...more,
});

/** Arrays: `items`, and `prefixItems` (in older documents a list of `items`). */
export function arrayKeywords(context: Context, raw: JsonObject, out: Out, view: View): void {
  const items = own(raw, 'items');
  const prefix = own(raw, 'prefixItems') ?? (Array.isArray(items) && items.length > 1 ? items : undefined);
  if (Array.isArray(prefix) && prefix.length > 0)
    out['prefixItems'] = prefix.map((item, at) => context.convert(item, below(view, `prefixItems/${at}`)));
  const each = Array.isArray(items) ? (items.length === 1 ? items[0] : own(raw, 'additionalItems')) : items;
  if (each === false) out['items'] = false;
  else if (isObject(each)) {
    const item = context.convert(each, below(view, 'items'));
    if (Object.keys(item).length > 0) out['items'] = item;
  }
  if (isObject(raw['contains'])) {
    const losses = context.losses;
    const contains = context.convert(raw['contains'], below(view, 'contains'));
    // What was left out makes more items match: then their highest number would be passed too soon.
    if (context.losses === losses || out['maxContains'] === undefined) out['contains'] = contains;
  }
  if (out['contains'] === undefined) {
    delete out['minContains'];
    delete out['maxContains'];
  }
  if (isObject(raw['unevaluatedItems']) || raw['unevaluatedItems'] === false)
    out['unevaluatedItems'] =
      raw['unevaluatedItems'] === false
        ? false
        : context.convert(raw['unevaluatedItems'], below(view, 'unevaluatedItems'));
}

/** Objects beside their `properties`: further names, names by pattern, dependencies. */
export function objectKeywords(context: Context, raw: JsonObject, out: Out, view: View): void {
  let lost = false;
  if (isObject(raw['patternProperties'])) {
    const kept: [string, Out][] = [];
    for (const [name, child] of Object.entries(raw['patternProperties'])) {
      const pattern = isPoisoned(name) ? undefined : usablePattern(name, context.patterns);
      if (pattern === undefined) lost = true;
      else kept.push([pattern, context.convert(child, below(view, `patternProperties${step(name)}`))]);
    }
    if (lost) leaveOut(context, view.where, 'A pattern of `patternProperties` is not ECMA-262, or can run for ever.');
    if (kept.length > 0) out['patternProperties'] = Object.fromEntries(kept);
  }
  const more = own(raw, 'additionalProperties');
  if (more === false && view.open !== true && !lost) out['additionalProperties'] = false;
  else if (isObject(more) && Object.keys(more).length > 0 && view.open !== true && !lost)
    out['additionalProperties'] = context.convert(more, below(view, 'additionalProperties'));
  for (const keyword of ['propertyNames', 'unevaluatedProperties']) {
    const child = own(raw, keyword);
    if (isObject(child)) out[keyword] = context.convert(child, below(view, keyword));
    else if (child === false && keyword === 'unevaluatedProperties' && view.open !== true) out[keyword] = false;
  }
  const dependent = own(raw, 'dependentRequired');
  if (
    isObject(dependent) &&
    Object.values(dependent).every(
      (names) => list(names).every((name) => typeof name === 'string') && Array.isArray(names),
    )
  )
    out['dependentRequired'] = dependent as Out;
  const schemas = own(raw, 'dependentSchemas');
  if (isObject(schemas))
    out['dependentSchemas'] = Object.fromEntries(
      Object.entries(schemas).map(([name, child]) => [
        name,
        context.convert(child, below(view, `dependentSchemas${step(name)}`)),
      ]),
    );
}

/** `not`, `if`: said of less than the document says they would refuse more, so they stand only when nothing in them was left out. */
export function conditions(context: Context, raw: JsonObject, out: Out, view: View): void {
  const losses = context.losses;
  const whole = (keyword: string): Out | undefined => {
    const child = own(raw, keyword);
    if (!isObject(child) && typeof child !== 'boolean') return undefined;
    return context.convert(child, below(view, keyword));
  };
  const not = whole('not');
  if (not !== undefined && context.losses === losses && Object.keys(not).length > 0) out['not'] = not;
  const before = context.losses;
  const condition = whole('if');
  if (condition === undefined || context.losses !== before) return;
  out['if'] = condition;
  for (const keyword of ['then', 'else']) {
    const child = whole(keyword);
    if (child !== undefined) out[keyword] = child;
  }
}
