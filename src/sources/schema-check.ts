import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Json, JsonSchema } from '../spec/index.ts';

// References stay such: written out, many to one large schema would be very much code.
const ajv = new Ajv2020({ strict: false, allErrors: false, logger: false, inlineRefs: false });
addFormats.default(ajv);

/** Why a JSON Schema cannot be a tool's, in one sentence; undefined when it can. */
export function objectionToSchema(schema: JsonSchema): string | undefined {
  const refs = objectionToRefs(schema, { root: schema, open: [], sound: new Set() });
  if (refs !== undefined) return refs;
  try {
    ajv.compile(schema);
    return undefined;
  } catch (error) {
    return `not a valid JSON Schema 2020-12: ${(error as Error).message}`;
  } finally {
    ajv.removeSchema(schema);
  }
}

interface Way {
  readonly root: JsonSchema;
  /** References that lead here. */
  readonly open: readonly string[];
  /** Those that were followed to all their ends: references that double at each step have ends beyond number. */
  readonly sound: Set<string>;
}

/** References must stay inside the schema and never come back to themselves: clients write them out in full. */
function objectionToRefs(node: Json | undefined, way: Way): string | undefined {
  if (node === null || typeof node !== 'object') return undefined;
  if (Array.isArray(node)) return firstOf(node, (child) => objectionToRefs(child, way));
  const ref = node['$ref'];
  if (typeof ref === 'string' && !way.sound.has(ref)) {
    const found = objectionToRef(ref, way);
    if (found !== undefined) return found;
    way.sound.add(ref);
  }
  return firstOf(Object.entries(node), ([key, child]) =>
    key === '$ref' || key === '$defs' || key === 'definitions' ? undefined : objectionToRefs(child, way),
  );
}

function objectionToRef(ref: string, { root, open, sound }: Way): string | undefined {
  if (!ref.startsWith('#')) return `\`$ref\` to ${ref} leads out of the schema`;
  if (open.includes(ref)) return `circular: ${[...open, ref].join(' → ')}`;
  const target = ref === '#' ? root : pointed(root, ref);
  if (target === undefined) return `\`$ref\` to ${ref} finds nothing`;
  return objectionToRefs(target, { root, open: [...open, ref], sound });
}

function pointed(root: JsonSchema, ref: string): Json | undefined {
  const parts = ref.slice(1).split('/').slice(1);
  return parts.reduce<Json | undefined>((node, part) => {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    return node !== null && typeof node === 'object' && !Array.isArray(node) && Object.hasOwn(node, key)
      ? node[key]
      : undefined;
  }, root);
}

function firstOf<Item>(items: readonly Item[], look: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
