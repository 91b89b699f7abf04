import { at, fieldsIn, longestList, project } from './api-fields.ts';
import type { KeptAnswers } from './api-kept.ts';
import type { RunKind } from './api-tools.ts';
import { cutValue } from './api-cut.ts';
import { ToolError } from './errors.ts';
import { isRecord } from './schema.ts';

interface ReadAnswerInput {
  readonly answer: string;
  readonly fields?: readonly string[];
  readonly from?: number;
  readonly count?: number;
}

/** Runs the tool that reads on in a kept answer. */
export const answerTool: RunKind =
  ({ kept, maxCharacters }) =>
  () =>
  (args) =>
    readAnswer(kept, args as ReadAnswerInput, maxCharacters);

/** A part of a kept answer: a range of its items or characters, or only some fields. @throws ToolError when it is gone. */
function readAnswer(kept: KeptAnswers, args: ReadAnswerInput, maxCharacters: number): Record<string, unknown> {
  const value = kept.get(args.answer);
  if (value === undefined)
    throw new ToolError(
      'This answer is not kept any more, or never was.',
      'Call the operation again, and ask for less.',
    );
  const { answer } = args;
  const room = Math.max(200, maxCharacters - 500);
  if (typeof value === 'string') return readText(value, args, room);
  const path = longestList(value);
  const fields = namedFields(value, path ?? [], args.fields ?? []);
  const all = path === undefined ? undefined : (at(value, path) as unknown[]);
  if (all === undefined) return shown(answer, project(value, fields), room);
  const from = Math.min(args.from ?? 0, all.length);
  const items = all.slice(from, from + (args.count ?? all.length));
  const part = project(replaced(value, path!, items), fields);
  const { value: data, lists } = cutValue(part, room);
  // Cutting may have left fewer items than were asked for.
  const given = lists.find((list) => list.path === path!.join('.'))?.shown ?? items.length;
  const end = from + given;
  return {
    answer,
    list: path!.join('.'),
    from,
    shown: given,
    total: all.length,
    data,
    ...(end < all.length && { next: { ...args, from: end } }),
    ...(lists.length > 0 && { how: 'Give fields, or ask for fewer items: one of them was cut.' }),
  };
}

/** The fields asked for, as paths into the answer. @throws ToolError when they name nothing in it. */
function namedFields(value: unknown, path: readonly string[], asked: readonly string[]): string[] {
  const found = fieldsIn(value, asked);
  if (found.length > 0 || asked.length === 0) return found;
  throw new ToolError(
    `The answer has no ${asked.map((field) => JSON.stringify(field.slice(0, 60))).join(', ')}.`,
    `There are: ${namesIn(at(value, path)).join(', ')}.`,
  );
}

/** Names of the fields of an object, or of a list's first items. */
function namesIn(value: unknown): string[] {
  const records = (Array.isArray(value) ? value.slice(0, 20) : [value]).filter(isRecord);
  return [...new Set(records.flatMap((record) => Object.keys(record)))].slice(0, 40);
}

function readText(text: string, { answer, from = 0, count }: ReadAnswerInput, room: number): Record<string, unknown> {
  // Escapes may double a text on its way.
  const end = Math.min(text.length, from + Math.min(count ?? text.length, Math.floor(room / 2)));
  return {
    answer,
    from,
    shown: Math.max(0, end - from),
    total: text.length,
    text: text.slice(from, end).toWellFormed(),
    ...(end < text.length && { next: { answer, from: end } }),
  };
}

function shown(answer: string, value: unknown, room: number): Record<string, unknown> {
  const { value: data, lists } = cutValue(value, room);
  return { answer, data, ...(lists.length > 0 && { lists: lists.slice(0, 5) }) };
}

function replaced(value: unknown, path: readonly string[], items: readonly unknown[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined || !isRecord(value)) return items;
  return { ...value, [name]: replaced(value[name], rest, items) };
}
