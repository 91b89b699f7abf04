import type { Json } from '../../../../spec/index.ts';
import { list, own, strings, text } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { isPoisoned } from '../text.ts';
import type { Context } from '../types.ts';
import { usablePattern } from './pattern.ts';
import { leaveOut, mend, shown } from './types.ts';
import type { Out, View } from './types.ts';
import { meant, types } from './type-words.ts';

/** Keywords that hold no schemas: type, enum, const, bounds, pattern, format. */
export function simpleKeywords(context: Context, raw: JsonObject, out: Out, view: View): void {
  const format = typeOf(context, raw, out, view);
  enumOf(context, raw, out, view);
  if (Object.hasOwn(raw, 'const')) constOf(raw, out);
  boundsOf(context, raw, out, view);
  patternOf(context, raw, out, view);
  formatOf(raw, out, format ?? text(own(raw, 'format')));
  for (const keyword of ['contentEncoding', 'contentMediaType'])
    if (typeof raw[keyword] === 'string') out[keyword] = raw[keyword];
  if (raw['uniqueItems'] === true) out['uniqueItems'] = true;
  if (raw['deprecated'] === true) out['deprecated'] = true;
}

/** OpenAPI 3.0: one type; 3.1 (JSON Schema 2020-12, Validation 6.1.1): one or several. The format that a wrong word meant comes back. */
function typeOf(context: Context, raw: JsonObject, out: Out, view: View): string | undefined {
  const given = own(raw, 'type');
  if (given === undefined) return undefined;
  const names: string[] = [];
  let format: string | undefined;
  for (const name of Array.isArray(given) ? given : [given]) {
    if (types.includes(name as never)) names.push(name as string);
    else if (name === null) names.push('null');
    else {
      const word = String(name).toLowerCase();
      const right = types.includes(word as never) ? { type: word } : own(meant, word);
      const { type, format: meantFormat } = (right ?? {}) as { type?: string; format?: string };
      if (type !== undefined) names.push(type);
      format ??= meantFormat;
      const what = `${shown(name)} is no type; ${type === undefined ? 'any value is taken' : `${type} is taken`}.`;
      mend(context, view.where, what, type === undefined ? undefined : { type });
      if (type === undefined) return format;
    }
  }
  const unique = [...new Set(names)];
  if (unique.length > 0) out['type'] = unique.length === 1 ? (unique[0] as string) : unique;
  return format;
}

/** Values once each; texts for numbers and the other way round where the type says so, as YAML writers mix them up. */
function enumOf(context: Context, raw: JsonObject, out: Out, view: View): void {
  const given = own(raw, 'enum');
  if (given === undefined) return;
  if (!Array.isArray(given) || given.length === 0) {
    leaveOut(context, view.where, '`enum` lists no values.', 'enum');
    return;
  }
  if (given.some((value) => typeof value === 'string' && isPoisoned(value))) {
    leaveOut(context, view.where, 'A value of `enum` holds what is not shown to a model.', 'enum');
    return;
  }
  const allowed = typesOf(out);
  const fitting = given.flatMap((value): Json[] => {
    if (allowed === undefined || allowed.some((type) => isOfType(value, type))) return [value as Json];
    if (value === null) return [];
    if (allowed.includes('string') && typeof value !== 'object') return [String(value)];
    if (typeof value === 'string' && (allowed.includes('number') || allowed.includes('integer')))
      return value.trim() !== '' && Number.isFinite(Number(value)) ? [Number(value)] : [];
    if (typeof value === 'string' && allowed.includes('boolean') && /^(?:true|false)$/i.test(value))
      return [value.toLowerCase() === 'true'];
    return [];
  });
  const nulls = given.includes(null) && allowed !== undefined && !allowed.includes('null');
  if (nulls) out['type'] = [...(allowed ?? []), 'null'];
  const values = unique(nulls ? [...fitting, null] : fitting);
  if (fitting.length === 0) {
    leaveOut(context, view.where, `No value of \`enum\` is of type ${(allowed ?? []).join(' or ')}.`, 'enum');
  } else {
    out['enum'] = values;
  }
}

const unique = (values: readonly Json[]): Json[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

function constOf(raw: JsonObject, out: Out): void {
  const value = raw['const'] as Json;
  if (isPoisoned(JSON.stringify(value))) return;
  const allowed = typesOf(out);
  if (allowed !== undefined && !allowed.some((type) => isOfType(value, type))) delete out['type'];
  out['const'] = value;
}

export const typesOf = (schema: JsonObject): string[] | undefined => {
  const type = own(schema, 'type');
  return type === undefined ? undefined : typeof type === 'string' ? [type] : strings(type);
};

export function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

const counts = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minContains',
  'maxContains',
];
const numbers = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];

function boundsOf(context: Context, raw: JsonObject, out: Out, view: View): void {
  for (const keyword of [...counts, ...numbers]) {
    const given = own(raw, keyword);
    if (given === undefined || given === null || typeof given === 'boolean') continue;
    const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
    const right =
      typeof value === 'number' &&
      Number.isFinite(value) &&
      (!counts.includes(keyword) || (Number.isInteger(value) && value >= 0));
    if (!right || (keyword === 'multipleOf' && value <= 0))
      leaveOut(context, view.where, `\`${keyword}\` of ${shown(given)} is no bound.`, keyword);
    else if (keyword === 'multipleOf' && !Number.isInteger(value)) context.losses += 1;
    else {
      if (typeof given === 'string')
        mend(context, view.where, `\`${keyword}\` is written as text.`, { [keyword]: value });
      out[keyword] = value;
    }
  }
  exclusive(raw, out, 'exclusiveMinimum', 'minimum');
  exclusive(raw, out, 'exclusiveMaximum', 'maximum');
  for (const [low, high] of [
    ['minLength', 'maxLength'],
    ['minItems', 'maxItems'],
    ['minProperties', 'maxProperties'],
    ['minimum', 'maximum'],
  ] as const) {
    if (!(typeof out[low] === 'number' && typeof out[high] === 'number' && out[low] > out[high])) continue;
    leaveOut(context, view.where, `\`${low}\` is above \`${high}\`: no value could be right.`);
    delete out[low];
    delete out[high];
  }
}

/** OpenAPI 3.0 (JSON Schema Wright 00, 5.3): a boolean beside the bound; 2020-12: the bound itself. */
function exclusive(raw: JsonObject, out: Out, keyword: string, bound: string): void {
  if (raw[keyword] !== true || typeof out[bound] !== 'number') return;
  out[keyword] = out[bound];
  delete out[bound];
}

function patternOf(context: Context, raw: JsonObject, out: Out, view: View): void {
  const given = own(raw, 'pattern');
  if (given === undefined || given === '') return;
  const pattern = typeof given === 'string' ? usablePattern(given, context.patterns) : undefined;
  if (pattern === undefined) {
    leaveOut(context, view.where, `The pattern ${shown(given)} is not ECMA-262, or can run for ever.`, 'pattern');
    return;
  }
  if (pattern !== given)
    mend(context, view.where, `The pattern ${shown(given)} has escapes that ECMA-262 refuses.`, { pattern });
  out['pattern'] = pattern;
}

/** Formats that validators know and that all who write them mean alike. Others are said in the description (see describe.ts). */
const checkedFormats = ['date-time', 'date', 'uuid', 'email', 'uri', 'ipv4', 'ipv6', 'hostname'];

function formatOf(raw: JsonObject, out: Out, format: string): void {
  const allowed = typesOf(out);
  if (format === 'byte' && allowed?.includes('string') === true) out['contentEncoding'] = 'base64';
  if (!checkedFormats.includes(format) || allowed?.includes('string') === false) return;
  const samples = [own(raw, 'default'), own(raw, 'example'), ...list(own(raw, 'examples')), ...list(out['enum'])];
  if (samples.some((value) => typeof value === 'string' && !looksLike(format, value))) return;
  out['format'] = format;
}

/** Whether the document's own sample fits the format; a document that breaks it does not mean it strictly. */
function looksLike(format: string, value: string): boolean {
  if (format === 'date-time')
    return /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d(?::?\d\d)?)$/.test(value);
  if (format === 'date') return /^\d{4}-\d\d-\d\d$/.test(value);
  if (format === 'uuid') return /^(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value);
  if (format === 'email') return /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(?:\.[a-z\d-]+)*$/i.test(value);
  if (format === 'uri') return /^[a-z][a-z\d+.-]*:[^\s"<>\\^`{|}]*$/i.test(value);
  return true;
}
