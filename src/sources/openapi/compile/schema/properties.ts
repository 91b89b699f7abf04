import type { JsonSchema } from '../../../../spec/index.ts';
import { hiddenCharacter, instructionsToModel } from '../../../../util/index.ts';
import { isObject, own, step } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { labelled } from '../text.ts';
import type { Context } from '../types.ts';
import { objectKeywords } from './applicators.ts';
import { isReadOnly } from './read-only.ts';
import { leaveOut, mend, shown } from './types.ts';
import type { Out, View } from './types.ts';

/** `properties` without the read-only ones; comes back with the names that are required of a request. */
export function propertiesOf(context: Context, raw: JsonObject, out: Out, view: View): string[] {
  const given = own(raw, 'properties');
  const readOnly = new Set<string>(view.without);
  const required = requiredOf(context, raw, view);
  if (given !== undefined && !isObject(given))
    leaveOut(context, view.where, '`properties` is no object.', 'properties');
  const properties: [string, JsonSchema][] = [];
  for (const [name, child] of isObject(given) ? Object.entries(given) : []) {
    const where = `${view.where}/properties${step(name)}`;
    if (isReadOnly(context, child)) readOnly.add(name);
    else if (!isPresentable(name)) leaveOut(context, where, 'The name of this property is not shown to a model.');
    else {
      if (isObject(child) && child['required'] === true) {
        required.push(name);
        mend(context, where, '`required: true` stands in the property instead of its name in the object.');
      }
      const described = view.described === true;
      const schema = context.convert(child, { where, ...(described && { described }) });
      properties.push([name, described ? labelled(schema, name) : schema]);
    }
  }
  if (properties.length > 0) out['properties'] = Object.fromEntries(properties);
  if (readOnly.size > 0) delete out['minProperties'];
  objectKeywords(context, raw, out, view);
  const names = [...new Set(required)].filter((name) => !readOnly.has(name));
  return out['additionalProperties'] === false ? sendable(context, names, out, view) : names;
}

function requiredOf(context: Context, raw: JsonObject, view: View): string[] {
  const given = own(raw, 'required');
  if (given === undefined || typeof given === 'boolean') return [];
  if (typeof given === 'string' && isObject(own(raw, 'properties'))) {
    mend(context, view.where, '`required` is one text instead of a list.', { required: [given] });
    return [given];
  }
  if (!Array.isArray(given)) {
    leaveOut(context, view.where, `\`required\` of ${shown(given)} is no list of names.`, 'required');
    return [];
  }
  return given.filter((name): name is string => typeof name === 'string' && isPresentable(name));
}

/** What may not be sent cannot be required: `additionalProperties: false` without the name among the properties. */
function sendable(context: Context, required: readonly string[], out: Out, view: View): string[] {
  const properties = isObject(out['properties']) ? out['properties'] : {};
  const missing = required.filter((name) => !Object.hasOwn(properties, name) && out['patternProperties'] === undefined);
  if (missing.length > 0)
    leaveOut(context, view.where, `Required, and not among the only properties allowed: ${shown(missing)}.`);
  return required.filter((name) => !missing.includes(name));
}

/** Names reach a model as they are: none that hides characters, gives orders, or names an object's prototype. */
const isPresentable = (name: string): boolean =>
  name !== '__proto__' &&
  (/^[\w$.@[\]-]{1,40}$/.test(name) ||
    (name.length <= 200 && hiddenCharacter(name) === undefined && instructionsToModel(name).length === 0));
