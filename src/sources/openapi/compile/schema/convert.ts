import type { JsonSchema } from '../../../../spec/index.ts';
import { isObject, own } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { pointed } from '../pointer.ts';
import type { Context } from '../types.ts';
import { arrayKeywords, conditions } from './applicators.ts';
import { composition } from './composition.ts';
import { defaultOf } from './default.ts';
import { describe } from './describe.ts';
import { finalTarget } from './reference.ts';
import { propertiesOf } from './properties.ts';
import { simpleKeywords, typesOf } from './simple.ts';
import { leaveOut } from './types.ts';
import type { Out, View } from './types.ts';

/**
 * A schema of the document as JSON Schema 2020-12, as a request needs it: without read-only properties.
 * It accepts at least what the document's own schema accepts; a wrong part costs that part alone.
 */
export function convert(context: Context, raw: unknown, view: View): JsonSchema {
  if (raw === true || raw === undefined) return {};
  if (raw === false) return { not: {} };
  if (!isObject(raw)) {
    leaveOut(context, view.where, 'This is no schema; any value is taken.');
    return {};
  }
  if (typeof raw['$ref'] === 'string') return referenced(context, raw, raw['$ref'], view);
  const dynamic = own(raw, '$dynamicRef') ?? own(raw, '$recursiveRef');
  if (typeof dynamic === 'string' && dynamic.startsWith('#/')) return referenced(context, raw, dynamic, view);
  return nullable(context, raw, schemaOf(context, raw, view));
}

function schemaOf(context: Context, raw: JsonObject, view: View): Out {
  const out: Out = {};
  simpleKeywords(context, raw, out, view);
  const required = propertiesOf(context, raw, out, view);
  arrayKeywords(context, raw, out, view);
  composition(context, raw, out, view);
  conditions(context, raw, out, view);
  if (required.length > 0) out['required'] = required;
  defaultOf(context, raw, out, view);
  describe(raw, out);
  if (context.xml && isObject(raw['xml'])) out['xml'] = raw['xml'] as Out;
  return out;
}

/** OpenAPI 3.0 ignores what stands beside `$ref`, except that writers mean `nullable`; from 3.1 on both hold. */
function referenced(context: Context, raw: JsonObject, reference: string, view: View): JsonSchema {
  const { $ref: _ref, $dynamicRef: _dynamic, $recursiveRef: _recursive, ...beside } = raw;
  const target = finalTarget(context, reference, view);
  const here = target === undefined ? {} : pointTo(context, target, view);
  if (context.version === '3.0') {
    const out: Out = { ...here };
    describe(beside, out);
    return beside['nullable'] === true ? { anyOf: [out, { type: 'null' }] } : out;
  }
  const more = schemaOf(context, beside, view);
  const clash = Object.keys(more).filter((key) => key !== 'description' && Object.hasOwn(here, key));
  return clash.length === 0
    ? { ...here, ...more }
    : { ...more, allOf: [here, ...((more['allOf'] as Out[] | undefined) ?? [])] };
}

/** A reference to a shared schema; written out where the view asks for it, and where that is shorter. */
function pointTo(context: Context, pointer: string, view: View): JsonSchema {
  const raw = pointed(context.root, pointer);
  const open = view.inline;
  if (open !== undefined && !open.has(pointer)) {
    context.inlines -= 1;
    if (context.inlines >= 0 && open.size < 60)
      return convert(context, raw, { ...view, where: pointer, inline: new Set([...open, pointer]) });
    leaveOut(context, view.where, 'Too many parts are composed of parts that refuse each other; any value is taken.');
    return {};
  }
  if (typeof raw === 'boolean' || (isObject(raw) && isSmall(raw))) return convert(context, raw, { where: pointer });
  return context.shared.refer(pointer);
}

/** One plain value in few words: a reference to it would be as long. */
function isSmall(raw: JsonObject): boolean {
  const type = own(raw, 'type');
  if (typeof type !== 'string' || type === 'object' || type === 'array') return false;
  if (['allOf', 'oneOf', 'anyOf', 'not', 'if', '$ref'].some((key) => Object.hasOwn(raw, key))) return false;
  const values = own(raw, 'enum');
  return values === undefined || (Array.isArray(values) && values.length <= 8);
}

/** OpenAPI 3.0, 4.7.24.1: `nullable` adds null to the type. Where other parts decide the type, null stands beside them all. */
function nullable(context: Context, raw: JsonObject, out: Out): Out {
  if (raw['nullable'] !== true || context.version !== '3.0') return out;
  if (['$ref', 'allOf', 'oneOf', 'anyOf', 'not', 'const'].some((keyword) => out[keyword] !== undefined)) {
    const { description, default: given, ...rest } = out;
    return {
      anyOf: [rest, { type: 'null' }],
      ...(description !== undefined && { description }),
      ...(given !== undefined && { default: given }),
    };
  }
  const allowed = typesOf(out);
  if (allowed !== undefined && !allowed.includes('null')) out['type'] = [...allowed, 'null'];
  const values = out['enum'];
  if (Array.isArray(values) && !values.includes(null)) out['enum'] = [...values, null];
  return out;
}
