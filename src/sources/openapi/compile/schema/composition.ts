import { isObject, own } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Context } from '../types.ts';
import { alternativeValues } from './discriminator.ts';
import type { AlternativeValues } from './discriminator.ts';
import { factsOf } from './facts.ts';
import { commonTypes } from './common-types.ts';
import { leaveOut, mend } from './types.ts';
import type { Out, View } from './types.ts';

/** `allOf`, `oneOf`, `anyOf`, so that values that the API takes fit: see the functions below for what is mended. */
export function composition(context: Context, raw: JsonObject, out: Out, view: View): void {
  for (const keyword of ['allOf', 'oneOf', 'anyOf'])
    if (Object.hasOwn(raw, keyword) && (!Array.isArray(raw[keyword]) || raw[keyword].length === 0))
      leaveOut(context, view.where, `\`${keyword}\` is no list of schemas.`, keyword);
  const parts = listOf(raw, 'allOf');
  const choices = (['oneOf', 'anyOf'] as const).filter((keyword) => listOf(raw, keyword).length > 0);
  if (parts.length === 0 && choices.length === 0) return;
  const whole = factsOf(context, raw);
  if (own(raw, 'additionalProperties') === false && [...whole.names].some((name) => !whole.own.has(name)))
    delete out['additionalProperties'];
  const branch = (child: unknown, where: string): Out =>
    context.convert(child, branchView(context, child, where, view, whole));
  if (parts.length > 0) {
    const all = parts.map((child, at) => branch(child, `${view.where}/allOf/${at}`)).filter(saysSomething);
    const types = commonTypes(context, raw);
    if (types === undefined || types.size > 0) joined(out, all);
    else contradictory(context, raw, out, all, view);
  }
  for (const keyword of choices) {
    const alternatives = listOf(raw, keyword);
    const schemas = alternatives.map((child, at) => branch(child, `${view.where}/${keyword}/${at}`));
    chosen(context, raw, out, keyword, alternatives, schemas);
  }
}

const listOf = (raw: JsonObject, keyword: string): readonly unknown[] => {
  const value = own(raw, keyword);
  return Array.isArray(value) ? value.filter((item) => isObject(item) || typeof item === 'boolean') : [];
};

const saysSomething = (schema: Out): boolean => Object.keys(schema).some((key) => key !== 'description');

/**
 * A part is written out, instead of pointed to, where it would refuse what another part brings: it allows only its own
 * properties, or requires what another part declares read-only.
 */
function branchView(
  context: Context,
  child: unknown,
  where: string,
  view: View,
  whole: ReturnType<typeof factsOf>,
): View {
  const part = isObject(child) ? factsOf(context, child) : undefined;
  const inherited: View = {
    where,
    ...(view.inline && { inline: view.inline }),
    ...(view.without && { without: view.without }),
    ...(view.open === true && { open: true }),
    ...(view.described === true && { described: true }),
  };
  if (part === undefined) return inherited;
  const closed = part.closed && [...whole.shared].some((name) => !part.names.has(name));
  const readOnly = [...whole.readOnly].filter((name) => part.required.has(name) && !part.readOnly.has(name));
  if (!closed && readOnly.length === 0) return inherited;
  return {
    ...inherited,
    inline: view.inline ?? new Set(),
    ...(closed && { open: true }),
    ...(readOnly.length > 0 && { without: new Set([...(view.without ?? []), ...whole.readOnly]) }),
  };
}

/** Nothing can be of all the types that are asked for; what then fits a part is taken, so that a call can be made at all. */
function contradictory(context: Context, raw: JsonObject, out: Out, all: readonly Out[], view: View): void {
  mend(context, view.where, 'No value is of all the types that `allOf` asks for; one that fits a part of it is taken.');
  context.losses += 1;
  const types = commonTypes(context, { allOf: raw['allOf'] });
  if (own(raw, 'type') !== undefined) delete out['type'];
  if (types === undefined || types.size > 0) joined(out, all);
  else if (listOf(raw, 'anyOf').length === 0) out['anyOf'] = all as Out[];
}

/** Parts that fit into the schema around them stand there; the others stay parts. */
function joined(out: Out, all: readonly Out[]): void {
  const [only] = all;
  if (
    all.length === 1 &&
    only !== undefined &&
    Object.keys(only).every((key) => key === 'description' || out[key] === undefined)
  ) {
    const { description, ...rest } = only;
    Object.assign(out, rest);
    if (out['description'] === undefined && description !== undefined) out['description'] = description;
  } else if (all.length > 0) out['allOf'] = all as Out[];
}

/**
 * The alternatives as the document has them. Where a discriminator chooses, and values of several alternatives look
 * alike, `oneOf` would refuse what the API takes: then any of them may fit.
 */
function chosen(
  context: Context,
  raw: JsonObject,
  out: Out,
  keyword: 'oneOf' | 'anyOf',
  alternatives: readonly unknown[],
  schemas: readonly Out[],
): void {
  const values = alternativeValues(context, raw, alternatives);
  const marked = schemas.map((schema, at) => {
    const value = values?.of[at];
    return values === undefined || value === undefined ? schema : withValue(schema, values.name, value);
  });
  if (marked.length === 1 && marked[0] !== undefined) joined(out, marked);
  else out[values !== undefined && !tellsApart(context, values, alternatives) ? 'anyOf' : keyword] = marked;
}

/** Whether each alternative requires the discriminator's property and has values of its own. */
function tellsApart(context: Context, { name, of }: AlternativeValues, alternatives: readonly unknown[]): boolean {
  const all = of.flatMap((values) => values ?? []);
  return (
    of.every((values) => values !== undefined) &&
    new Set(all).size === all.length &&
    alternatives.every((alternative) => isObject(alternative) && factsOf(context, alternative).required.has(name))
  );
}

/** An alternative with the values of the discriminator that choose it (OpenAPI 3.1.1, 4.8.25). */
function withValue(schema: Out, name: string, values: readonly string[]): Out {
  const said = { enum: [...values], description: 'Chooses this alternative.' };
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const before = isObject(properties[name]) ? properties[name] : {};
  return { ...schema, properties: { ...properties, [name]: { ...said, ...before, enum: said.enum } } } as Out;
}
