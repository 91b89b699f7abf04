import { isObject, own, pointedTo, step, textOf } from '../tree.ts';
import type { JsonObject } from '../types.ts';
import { walk } from '../walk.ts';
import { resourceAt } from './places.ts';
import type { Bundle } from './types.ts';

/** Characters of all schemas that are made for those who extend them. */
const mostCharacters = 4_000_000;
const mostDepth = 20;

/** No document that means it has more; one that has keeps to where its references lead when nobody extends. */
const most = { references: 500, names: 100, schemas: 5000 };

/** Anchor names to where they lead, as the outermost schema has it. */
type Anchors = ReadonlyMap<string, string>;

/**
 * Gives each schema that extends another its own form of that: a dynamic reference leads to the anchor of the outermost
 * schema with an identifier (JSON Schema 2020-12, 8.2.3.2), as in a generic list whose items the extending schema names.
 * References were rewritten before, dynamic ones to where they lead when nobody extends.
 */
export function followDynamic(bundle: Bundle, root: JsonObject): void {
  const { dynamic, dynamicAnchors, parts } = bundle;
  const resources = parts.flatMap((part) => [...part.resources.keys()].map((pointer) => ({ part, pointer })));
  if (dynamic.length === 0 || dynamic.length > most.references) return;
  if (dynamicAnchors.size > most.names || resources.length > most.schemas) return;
  const formOf = openForms(bundle, root);
  const changes: [object: JsonObject, reference: string][] = [];
  for (const { part, pointer } of resources) {
    const outer = anchorsOf(bundle, pointer);
    if (outer.size === 0) continue;
    walk(
      pointedTo(root, pointer.slice(1)),
      (object, where) => {
        const reference = textOf(own(object, '$ref'));
        if (reference === undefined || reference === pointer || !isResource(bundle, reference)) return;
        if (resourceAt(part, where).pointer === pointer) changes.push([object, formOf(reference, outer, pointer)]);
      },
      pointer,
    );
  }
  // Forms are made of what the document says, not of one another.
  for (const [object, reference] of changes) object['$ref'] = reference;
}

/** Makes schemas whose dynamic references lead to the anchors given; `by` names who extends. */
function openForms(bundle: Bundle, root: JsonObject) {
  const made = new Map<string, string>();
  const reaches = openReach(bundle, root);
  let left = mostCharacters;

  return function formOf(pointer: string, outer: Anchors, by: string, depth = 0): string {
    const key = `${pointer} ${JSON.stringify([...outer].toSorted())}`;
    const before = made.get(key);
    if (before !== undefined || depth > mostDepth || !reaches(pointer, outer)) return before ?? pointer;
    const text = JSON.stringify(pointedTo(root, pointer.slice(1)) ?? {});
    left -= text.length;
    if (left < 0) return pointer;
    const form = JSON.parse(text) as JsonObject;
    const at = hang(root, form, `${lastOf(by)}_${lastOf(pointer)}`);
    made.set(key, at);
    const inner = new Map([...anchorsOf(bundle, pointer), ...outer]);
    const places = bundle.dynamic.filter(({ where, name }) => isIn(where, pointer) && outer.has(name));
    const dynamic = new Map(places.map(({ where, name }) => [at + where.slice(pointer.length), outer.get(name)!]));
    walk(
      form,
      (object, where) => {
        const reference = textOf(own(object, '$ref'));
        if (reference === undefined) return;
        if (dynamic.has(where)) object['$ref'] = dynamic.get(where)!;
        else if (isIn(reference, pointer)) object['$ref'] = at + reference.slice(pointer.length);
        else if (isResource(bundle, reference)) object['$ref'] = formOf(reference, inner, by, depth + 1);
      },
      at,
    );
    return at;
  };
}

/** Whether a schema, or one with an identifier that it refers to, has a dynamic reference of one of these names. */
function openReach(bundle: Bundle, root: JsonObject) {
  const references = new Map<string, readonly string[]>();
  const referred = (pointer: string): readonly string[] => {
    const found = new Set<string>();
    walk(pointedTo(root, pointer.slice(1)), (object) => {
      const reference = textOf(own(object, '$ref'));
      if (reference !== undefined && isResource(bundle, reference)) found.add(reference);
    });
    return [...found];
  };
  return function reaches(pointer: string, outer: Anchors, seen: Set<string> = new Set()): boolean {
    if (seen.has(pointer)) return false;
    seen.add(pointer);
    if (bundle.dynamic.some(({ where, name }) => isIn(where, pointer) && outer.has(name))) return true;
    const next = references.get(pointer) ?? referred(pointer);
    references.set(pointer, next);
    return next.some((one) => reaches(one, outer, seen));
  };
}

const isIn = (where: string, pointer: string): boolean => where === pointer || where.startsWith(`${pointer}/`);

const isResource = ({ parts }: Bundle, pointer: string): boolean =>
  pointer !== '#' && parts.some(({ resources }) => resources.has(pointer));

function anchorsOf({ dynamicAnchors }: Bundle, pointer: string): Anchors {
  const named = [...dynamicAnchors].map(([name, places]) => [name, places.get(pointer)] as const);
  return new Map(named.filter((one): one is [string, string] => one[1] !== undefined));
}

const lastOf = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1);

/** Hangs a schema under the document's components, by a name that nothing has. */
function hang(root: JsonObject, schema: JsonObject, wanted: string): string {
  const inside = (parent: JsonObject, key: string): JsonObject => {
    const value = own(parent, key);
    if (isObject(value)) return value;
    const made: JsonObject = {};
    parent[key] = made;
    return made;
  };
  const schemas = inside(inside(root, 'components'), 'schemas');
  const plain = wanted.replace(/[^\w.-]+/g, '_').slice(0, 120);
  let name = plain;
  for (let count = 2; Object.hasOwn(schemas, name); count += 1) name = `${plain}_${count}`;
  schemas[name] = schema;
  return `#/components/schemas${step(name)}`;
}
