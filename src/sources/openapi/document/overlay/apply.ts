import type { ApiRemark, Json } from '../../../../spec/index.ts';
import { cut } from '../../../../util/index.ts';
import { isObject, own } from '../tree.ts';
import type { JsonObject } from '../types.ts';
import { select } from './query.ts';
import type { Location } from './query.ts';
import { readOverlay } from './schema.ts';
import type { OverlayAction } from './schema.ts';

type Remark = (remark: ApiRemark) => void;

/**
 * Applies overlays in order, in place, before anything else looks at the document (Overlay 1.0.0, 4.4.3).
 * @throws CrafterError INVALID_INPUT for an overlay that is none.
 */
export function applyOverlays(root: JsonObject, overlays: readonly string[], remark: Remark): void {
  for (const [index, text] of overlays.entries()) {
    const name = overlays.length === 1 ? 'overlay' : `overlay ${index + 1}`;
    const overlay = readOverlay(text, name);
    if (overlay.extends !== undefined)
      remark({
        where: '#',
        what: `The ${name} names the document it extends; it was applied to the one given.`,
        action: 'noticed',
      });
    for (const [at, action] of overlay.actions.entries())
      applyAction(root, action, `${name}: actions[${at}].target`, remark);
  }
}

function applyAction(root: JsonObject, action: OverlayAction, field: string, remark: Remark): void {
  const locations = select(action.target, root, field);
  if (locations.length === 0)
    remark({
      where: '#',
      what: `The ${field.replace('.target', '')} selects nothing: ${cut(action.target, 200)}.`,
      action: 'noticed',
    });
  if (action.remove) removeAll(root, locations);
  else if (action.update !== undefined)
    for (const location of locations) updateAt(root, location, action.update, remark);
}

/** Later items of a list first, so that the places of the others stay. */
function removeAll(root: JsonObject, locations: readonly Location[]): void {
  const places = [...new Map(locations.map((location) => [JSON.stringify(location), location])).values()];
  for (const location of places.toSorted(laterFirst)) {
    const parent = valueAt(root, location.slice(0, -1));
    const key = location.at(-1);
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else if (isObject(parent) && key !== undefined) delete parent[key];
  }
}

function laterFirst(a: Location, b: Location): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const [one, other] = [a[index], b[index]];
    if (typeof one === 'number' && typeof other === 'number' && one !== other) return other - one;
    if (one !== other) return String(one) < String(other) ? 1 : -1;
  }
  return b.length - a.length;
}

function updateAt(root: JsonObject, location: Location, update: Json, remark: Remark): void {
  const target = valueAt(root, location);
  if (isObject(target) && isObject(update)) return merge(target, update);
  if (Array.isArray(target)) return void target.push(...structuredClone(Array.isArray(update) ? update : [update]));
  const parent = valueAt(root, location.slice(0, -1));
  const key = location.at(-1);
  if (key === undefined || typeof target === 'object') {
    remark({
      where: '#',
      what: 'An overlay updates an object with what is none; it was passed over.',
      action: 'noticed',
    });
  } else if (Array.isArray(parent)) parent[Number(key)] = structuredClone(update);
  else if (isObject(parent)) parent[key] = structuredClone(update);
}

/** Objects merge by name, lists grow, anything else is replaced. */
function merge(target: JsonObject, update: JsonObject): void {
  for (const [key, value] of Object.entries(update)) {
    const before = own(target, key);
    if (isObject(before) && isObject(value)) merge(before, value);
    else if (Array.isArray(before) && Array.isArray(value)) before.push(...structuredClone(value));
    else target[key] = structuredClone(value);
  }
}

const valueAt = (root: JsonObject, location: Location): Json | undefined =>
  location.reduce<Json | undefined>(
    (value, key) => (Array.isArray(value) ? value[Number(key)] : own(value, String(key))),
    root,
  );
