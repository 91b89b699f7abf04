import type { CheckContext, ServerAnswer, ServerTool } from '../../spec/index.ts';
import { cut } from '../../util/index.ts';
import { compileSchema } from '../json-schema/validate.ts';

/** What no answer may be, whatever was asked: the end of the server, silence, print, a leak, a result against its own schema. */
export function faultOf(
  answer: ServerAnswer,
  tool: ServerTool,
  context: CheckContext,
): { message: string; remedy: string } | undefined {
  if (answer.outcome === 'closed')
    return {
      message: answer.text,
      remedy: 'Catch what the tool throws, and never end the process or block it from a tool.',
    };
  if (answer.outcome === 'timeout')
    return {
      message: answer.text,
      remedy: 'Give the tool a time limit, and answer with an error when it passes.',
    };
  // The runtime turns process.exit() into the call's error, in these words.
  if (answer.outcome === 'tool_error' && /tried to end the server with process\./.test(answer.text))
    return { message: 'It tries to end the server with process.exit().', remedy: 'Return or throw instead.' };
  if (answer.printed !== undefined)
    return {
      message: `It prints on standard output, which is the protocol's: ${cut(answer.printed, 120)}`,
      remedy: 'Write logs to standard error.',
    };
  const [leak] = context.leaks(answer.text);
  if (leak !== undefined)
    return {
      message: `The answer shows ${leak}.`,
      remedy: 'Answer with what went wrong and what to do, nothing of the inside.',
    };
  if (answer.outcome !== 'ok' || tool.outputSchema === undefined) return undefined;
  if (answer.structured === undefined)
    return {
      message: 'An output schema is declared and the result has no structured content.',
      remedy: 'Return structured content with every result, or declare no output schema.',
    };
  const fit = fits(tool, answer);
  if (fit === true) return undefined;
  if (fit === 'late')
    return { message: 'Whether the result fits its output schema cannot be told within a second.', remedy: simplify };
  return {
    message: 'The result violates the declared output schema; clients refuse it.',
    remedy: 'Mend the schema or the result.',
  };
}

/** What to do about a schema that takes too long to judge a value by. */
export const simplify =
  'Simplify the schema: no repetition within a repetition in its patterns, such as (a+)+, and no references that multiply.';

/** Whether the time ran out and the process did not end: asking once more would only cost as much again. */
export function isSilence(answer: ServerAnswer): boolean {
  return answer.outcome === 'timeout' || answer.text.startsWith('No answer within');
}

/** A made-up call that runs into the server's own time limit; the runtime's words say so. */
export function unfinished(answer: ServerAnswer): { message: string; remedy: string } | undefined {
  const [words] = /did not finish within [\d.]+ seconds/.exec(answer.text) ?? [];
  if (answer.outcome !== 'tool_error' || words === undefined) return undefined;
  return { message: `It ${words}.`, remedy: 'Mend what never ends, or refuse early what takes too long.' };
}

function fits(tool: ServerTool, answer: ServerAnswer): boolean | 'late' {
  try {
    return compileSchema(tool.outputSchema ?? {})(answer.structured);
  } catch {
    // A schema at fault is the business of the check of schemas.
    return true;
  }
}
