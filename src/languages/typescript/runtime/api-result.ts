import type { ApiContext } from './api-context.ts';
import { cutValue, type CutList } from './api-cut.ts';
import type { KeptAnswers } from './api-kept.ts';
import { mediaAnswer } from './api-media.ts';
import type { Reply } from './api-reply.ts';
import { withContent } from './result.ts';
import type { Check } from './schema.ts';

export interface AnswerParts {
  readonly name: string;
  /** Whether `{ status, data }` fits the documented schema. */
  readonly check?: Check | undefined;
  /** Arguments of the next page. */
  readonly next: Readonly<Record<string, unknown>> | undefined;
  readonly kept: KeptAnswers;
  readonly maxCharacters: number;
}

/** What a successful call gives: status and data, text or bytes, the next page, and what was cut. */
export async function answerOf(
  reply: Reply,
  parts: AnswerParts,
  context: ApiContext,
): Promise<Record<string, unknown>> {
  const { status, data, text, bytes } = reply;
  const next = parts.next === undefined ? {} : { next: parts.next };
  if (bytes !== undefined) {
    const { fields, content } = await mediaAnswer(reply, bytes, parts, context);
    return withContent({ status, ...fields, ...next }, content);
  }
  if (text !== undefined) return { status, ...fitted('text', text, parts), ...next };
  if (data === undefined) return { status, ...next };
  const fits = (await parts.check?.({ status, data })) === undefined;
  return { status, ...fitted(fits ? 'data' : 'unexpected', data, parts), ...next };
}

/** Left free for status, next page and the word on what was cut. */
const reserve = 1500;

/** The value under its name, cut and kept where it is too large to be given at once. */
export function fitted(
  name: string,
  value: unknown,
  { kept, maxCharacters }: Pick<AnswerParts, 'kept' | 'maxCharacters'>,
): Record<string, unknown> {
  const characters = JSON.stringify(value).length;
  const room = Math.max(200, maxCharacters - reserve);
  if (characters <= room) return { [name]: value };
  const { value: shown, lists } = cutValue(value, room);
  return { [name]: shown, cut: cutNote(kept.keep(value, characters), characters, lists) };
}

function cutNote(answer: string | undefined, characters: number, lists: readonly CutList[]): Record<string, unknown> {
  const how =
    answer === undefined
      ? 'Too large to be kept: ask for less.'
      : `Read on with read_answer: ${JSON.stringify({ answer })} and from, count or fields.`;
  return {
    ...(answer !== undefined && { answer }),
    characters,
    ...(lists.length > 0 && { lists: lists.slice(0, 5) }),
    how,
  };
}
