import { resolveReference } from '../../../../util/index.ts';
import { own, textOf } from '../tree.ts';
import { walk } from '../walk.ts';
import type { Bundle, Part, Resource } from './types.ts';

/** Notes where a document and the schemas and anchors in it are found (OpenAPI 3.2, `$self`; JSON Schema 2020-12, 8.2). */
export function notePlaces(bundle: Bundle, part: Part): void {
  const self = textOf(own(part.value, '$self'));
  const base = self === undefined ? part.location : (resolveReference(self, part.location) ?? part.location);
  const root: Resource = { uri: base, pointer: part.pointer };
  part.resources.set(part.pointer, root);
  for (const place of [part.location, base]) if (place !== undefined) bundle.places.set(place, root);
  walk(
    part.value,
    (object, where) => {
      const id = textOf(own(object, '$id'));
      if (id !== undefined && !id.startsWith('#')) noteResource(bundle, part, id, where);
      for (const keyword of ['$anchor', '$dynamicAnchor']) {
        const name = textOf(own(object, keyword));
        if (name === undefined) continue;
        const { pointer } = resourceAt(part, where);
        bundle.anchors.set(`${pointer}#${name}`, where);
        if (keyword !== '$dynamicAnchor') continue;
        const named = bundle.dynamicAnchors.get(name) ?? new Map<string, string>();
        bundle.dynamicAnchors.set(name, named.set(pointer, where));
      }
    },
    part.pointer,
  );
}

function noteResource(bundle: Bundle, part: Part, id: string, where: string): void {
  const uri = resolveReference(id, resourceAt(part, where).uri);
  if (uri === undefined) return;
  const resource = { uri, pointer: where };
  part.resources.set(where, resource);
  if (!bundle.places.has(uri)) bundle.places.set(uri, resource);
}

/** The innermost schema with an identifier around a place; else the document. */
export function resourceAt(part: Part, where: string): Resource {
  if (part.resources.size > 1)
    for (let at = where; at.length > part.pointer.length; at = at.slice(0, at.lastIndexOf('/'))) {
      const around = part.resources.get(at);
      if (around !== undefined) return around;
    }
  return part.resources.get(part.pointer)!;
}
