import type { ApiOptions } from '../../../../spec/index.ts';
import { cut } from '../../../../util/index.ts';
import { refuseLargeApi } from '../bounds.ts';
import { readTree } from '../text.ts';
import { isObject } from '../tree.ts';
import type { JsonObject } from '../types.ts';
import { followDynamic } from './dynamic.ts';
import { notePlaces } from './places.ts';
import { rewriteReferences } from './rewrite.ts';
import type { Bundle, Part } from './types.ts';

/** Where the documents that the root refers to hang in it. */
export const heldKey = 'x-referenced';

/**
 * Puts a document and those it refers to into one tree, in place: the others hang under `heldKey` by name, and every
 * reference becomes an internal one. Circles across documents are kept; what is not there is left with a remark.
 * @throws CrafterError INPUT_TOO_LARGE when all together are too large.
 */
export function bundle(root: JsonObject, text: string, options: ApiOptions, remark: Bundle['remark']): void {
  const files = Object.entries(options.files ?? {}).filter(([location]) => location !== options.location);
  refuseLargeApi(files.reduce((bytes, [, file]) => bytes + Buffer.byteLength(file), Buffer.byteLength(text)));
  if (files.length === 0 && !needsBundling(text)) return;
  delete root[heldKey];
  const main: Part = { location: options.location, value: root, pointer: '#', resources: new Map() };
  const parts = [main, ...readParts(files, remark)];
  const state: Bundle = {
    parts,
    reasons: new Map(Object.entries(options.missing ?? {})),
    places: new Map(),
    anchors: new Map(),
    dynamicAnchors: new Map(),
    dynamic: [],
    used: new Set([main]),
    remark,
  };
  for (const part of parts) notePlaces(state, part);
  // A set shows what is added while it is gone through.
  for (const part of state.used) rewriteReferences(state, part);
  const held = [...state.used].filter((part) => part !== main);
  if (held.length > 0) root[heldKey] = Object.fromEntries(held.map((part) => [part.pointer.split('/')[2], part.value]));
  followDynamic(state, root);
}

/** A document with internal pointers alone is one tree as it stands. */
function needsBundling(text: string): boolean {
  return (
    /\$(?:id|anchor|dynamicAnchor|dynamicRef|self)\b/.test(text) || /\$ref["']?\s*:\s*["']?(?!["']?#\/)\S/.test(text)
  );
}

function readParts(files: readonly (readonly [string, string])[], remark: Bundle['remark']): Part[] {
  const names = new Set<string>();
  return files.flatMap(([location, text]) => {
    const name = uniqueName(location, names);
    const pointer = `#/${heldKey}/${name}`;
    try {
      const value = readTree(text, ({ where, ...rest }) => remark({ where: pointer + where.slice(1), ...rest }));
      return isObject(value) ? [{ location, value, pointer, resources: new Map() }] : [];
    } catch (error) {
      const reason = cut((error as Error).message, 250);
      remark({
        where: pointer,
        what: `The document ${cut(location, 200)} cannot be read: ${reason}`,
        action: 'left_out',
      });
      return [];
    }
  });
}

/** The file's name without its ending: schemas that are whole files are named by it. */
function uniqueName(location: string, taken: Set<string>): string {
  const file =
    location
      .split(/[?#]/)[0]
      ?.split('/')
      .findLast((part) => part !== '') ?? '';
  const plain =
    file
      .replace(/\.(?:json|ya?ml)$/i, '')
      .replaceAll(/[^\w-]+/g, '_')
      .slice(0, 80) || 'document';
  let name = plain;
  for (let count = 2; taken.has(name); count += 1) name = `${plain}_${count}`;
  taken.add(name);
  return name;
}
