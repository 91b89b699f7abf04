import { isDeepStrictEqual } from 'node:util';
import type { Expectation, ServerAnswer } from '../../spec/index.ts';
import { cut, withinTime } from '../../util/index.ts';
import { isObject } from './arguments.ts';

/** Why an answer is not what an example expects, or undefined when it is. Without expectation any result but an error will do. */
export function unexpected(answer: ServerAnswer, expect: Expectation | undefined): string | undefined {
  const got = `got: ${cut(answer.text.trim() || answer.outcome, 200)}`;
  if (answer.outcome === 'timeout' || answer.outcome === 'closed') return answer.text;
  const isError = answer.outcome !== 'ok';
  if (expect !== undefined && 'isError' in expect) {
    if (expect.isError === isError) return undefined;
    return expect.isError ? `An error was expected, ${got}` : `No error was expected, ${got}`;
  }
  if (isError && (expect === undefined || 'equals' in expect)) return `The call failed, ${got}`;
  if (expect === undefined) return undefined;
  if ('contains' in expect)
    return answer.text.includes(expect.contains)
      ? undefined
      : `Expected to contain ${JSON.stringify(expect.contains)}, ${got}`;
  if ('matches' in expect)
    return matches(answer.text, expect.matches) ? undefined : `Expected to match ${expect.matches}, ${got}`;
  const value = answer.structured ?? parse(answer.text);
  const same =
    isDeepStrictEqual(value, expect.equals) || (isObject(value) && isDeepStrictEqual(value, { result: expect.equals }));
  return same ? undefined : `Expected ${cut(JSON.stringify(expect.equals), 200)}, ${got}`;
}

/** A pattern that does not come to an end on the text does not match. */
function matches(text: string, pattern: string): boolean {
  try {
    const expression = new RegExp(pattern, 'u');
    return withinTime(1000, () => expression.test(text.slice(0, 20_000)));
  } catch {
    return false;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
