import type { Json } from '../../../../spec/index.ts';
import { cut, resolveReference } from '../../../../util/index.ts';
import { isObject, own, pointedTo, step, textOf } from '../tree.ts';
import { walk } from '../walk.ts';
import { resourceAt } from './places.ts';
import type { Bundle, Part, Resource } from './types.ts';

/** Makes every reference in a document lead into the one tree; one that leads to nothing stays, with a remark. */
export function rewriteReferences(bundle: Bundle, part: Part): void {
  walk(
    part.value,
    (object, where) => {
      const dynamic = textOf(own(object, '$dynamicRef'));
      if (dynamic !== undefined && own(object, '$ref') === undefined) {
        object['$ref'] = dynamic;
        delete object['$dynamicRef'];
        noteDynamic(bundle, dynamic, where);
      }
      const reference = textOf(own(object, '$ref'));
      if (reference !== undefined) object['$ref'] = rewritten(bundle, part, reference, where) ?? reference;
      rewriteMapping(bundle, part, own(object, 'discriminator'), where);
    },
    part.pointer,
  );
}

/** One that begins at an ordinary anchor or a pointer is an ordinary reference (JSON Schema 2020-12, 8.2.3.2). */
function noteDynamic(bundle: Bundle, reference: string, where: string): void {
  const name = reference.slice(reference.indexOf('#') + 1);
  if (bundle.dynamicAnchors.has(name)) bundle.dynamic.push({ where, name });
}

/** Values of a mapping are references or names of schemas of the same document (OpenAPI 3.1.1, 4.8.25). */
function rewriteMapping(bundle: Bundle, part: Part, discriminator: Json | undefined, where: string): void {
  const mapping = own(discriminator, 'mapping');
  if (!isObject(mapping)) return;
  for (const [value, target] of Object.entries(mapping)) {
    if (typeof target !== 'string' || (part.pointer === '#' && target.startsWith('#/'))) continue;
    if (own(own(own(part.value, 'components'), 'schemas'), target) !== undefined)
      mapping[value] = part.pointer === '#' ? target : `${part.pointer}/components/schemas${step(target)}`;
    else if (/[/.#]/.test(target)) mapping[value] = rewritten(bundle, part, target, where) ?? target;
  }
}

function rewritten(bundle: Bundle, part: Part, reference: string, where: string): string | undefined {
  const [uri = '', ...rest] = reference.split('#');
  const fragment = rest.join('#');
  const here = resourceAt(part, where);
  const resource = uri === '' ? here : placeOf(bundle, part, here, uri);
  if (resource === undefined) return mendedName(bundle, part, reference, where) ?? missing(bundle, part, uri, where);
  const target = bundle.parts.find(({ resources }) => resources.get(resource.pointer) === resource);
  if (target !== undefined) bundle.used.add(target);
  if (fragment === '') return resource.pointer;
  if (fragment.startsWith('/')) return resource.pointer + fragment;
  return (
    bundle.anchors.get(`${resource.pointer}#${fragment}`) ?? mendedFragment(bundle, resource, part, fragment, where)
  );
}

/** Against the identifier around it, else against where the document lies: files keep to the second more often than they say. */
function placeOf(bundle: Bundle, part: Part, here: Resource, uri: string): Resource | undefined {
  for (const base of [here.uri, part.location]) {
    const place = resolveReference(uri, base);
    const found = place === undefined ? undefined : bundle.places.get(place);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `#components/schemas/Pet` lacks a slash. */
function mendedFragment(
  bundle: Bundle,
  resource: Resource,
  part: Part,
  fragment: string,
  where: string,
): string | undefined {
  if (resource.pointer !== part.pointer || pointedTo(part.value, `/${fragment}`) === undefined) return undefined;
  return mended(bundle, `${resource.pointer}/${fragment}`, where);
}

/** `Pet` alone, as drafts of Swagger had it. */
function mendedName(bundle: Bundle, part: Part, reference: string, where: string): string | undefined {
  for (const place of ['/components/schemas', '/definitions']) {
    const names = pointedTo(part.value, place);
    if (own(names, reference) !== undefined) return mended(bundle, `${part.pointer}${place}${step(reference)}`, where);
  }
  return undefined;
}

function mended(bundle: Bundle, reference: string, where: string): string {
  bundle.remark({ where, what: `The reference is written wrong; ${cut(reference, 200)} is meant.`, action: 'mended' });
  return reference;
}

function missing(bundle: Bundle, part: Part, uri: string, where: string): undefined {
  // What stands in an extension is referred to by nothing that we read.
  if (/\/x-(?!referenced\/)/.test(where)) return;
  const place = resolveReference(uri, part.location);
  const remote = place !== undefined && /^https?:/.test(place);
  const usual = remote
    ? 'was not fetched: a URL is followed only with --allow-remote-refs, up to 50 documents and for a minute in all'
    : part.location === undefined
      ? 'stands to no folder: give the document as a file'
      : 'was not found beside the document';
  const why = (bundle.reasons.get(place ?? '') ?? usual).replace(/\.$/, '');
  bundle.remark({
    where,
    what: `The document ${cut(uri, 200)}, referred to here, ${cut(why, 400)}.`,
    action: 'left_out',
  });
}
