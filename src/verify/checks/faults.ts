import type { CheckContext, ServerAnswer, ServerTool } from '../../spec/index.ts';
import { compileSchema } from '../json-schema/validate.ts';

/** What no answer may be, whatever was asked: the end of the server, silence, a leak, a result against its own schema. */
export function faultOf(
  answer: ServerAnswer,
  tool: ServerTool,
  context: CheckContext,
): { message: string; remedy: string } | undefined {
  if (answer.outcome === 'closed')
    return {
      message: `The server went away. ${answer.text}`,
      remedy: 'Catch what the tool throws, and never end the process or block it from a tool.',
    };
  if (answer.outcome === 'timeout')
    return {
      message: 'No answer came in time.',
      remedy: 'Give the tool a time limit, and answer with an error when it passes.',
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
  if (fits(tool, answer)) return undefined;
  return {
    message: 'The result violates the declared output schema; clients refuse it.',
    remedy: 'Mend the schema or the result.',
  };
}

function fits(tool: ServerTool, answer: ServerAnswer): boolean {
  try {
    return compileSchema(tool.outputSchema ?? {})(answer.structured);
  } catch {
    // A schema at fault is the business of the check of schemas.
    return true;
  }
}
