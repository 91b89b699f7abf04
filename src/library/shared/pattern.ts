import { setFlagsFromString } from 'node:v8';
import { createContext, Script } from 'node:vm';
import { ToolError } from '#runtime/errors.ts';

/** A regular expression from a caller that cannot hang the server. */
export interface SafePattern {
  /** Whether the text matches anywhere in it. Throws ToolError when that cannot be told in time. */
  test(text: string): boolean;
}

const maxCharacters = 10_000;
const maxMilliseconds = 100;
/** So short that even a bad expression is done at once; spares the clock's 0.2 ms. */
const harmlessCharacters = 12;
/** V8's own flag: matched in linear time, or refused when compiled. */
const linearFlag = 'l';

/**
 * Compiles a caller's regular expression. What V8 can match in linear time is matched so;
 * the rest (look-around, back-references, `i`) runs under a clock of 100 ms a text.
 * Throws ToolError when it is not a valid expression. Texts are cut to 10,000 characters.
 */
export function safePattern(source: string, ignoreCase = false): SafePattern {
  const expression = ignoreCase ? undefined : linear(source);
  if (expression) return { test: (text) => expression.test(text.slice(0, maxCharacters)) };
  return clocked(compile(source, ignoreCase ? 'iu' : 'u'), source);
}

function linear(source: string): RegExp | undefined {
  // Without the flag `u`, \p{…} would mean something else.
  if (/\\[pPu]\{/.test(source)) return undefined;
  try {
    setFlagsFromString('--enable-experimental-regexp-engine');
    return new RegExp(source, linearFlag);
  } catch {
    return undefined;
  }
}

function compile(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch {
    // Some patterns are valid only without the flag `u`, for example `\-`.
  }
  try {
    return new RegExp(source, flags.replace('u', ''));
  } catch (error) {
    throw new ToolError(
      `“${source.slice(0, 200)}” is not a valid regular expression: ${error instanceof Error ? error.message : ''}.`,
      'Correct it; the syntax is that of JavaScript.',
    );
  }
}

function clocked(expression: RegExp, source: string): SafePattern {
  const room = createContext({ expression, text: '' });
  const script = new Script('expression.test(text)');
  return {
    test(text) {
      if (text.length <= harmlessCharacters) return expression.test(text);
      room['text'] = text.slice(0, maxCharacters);
      try {
        return script.runInContext(room, { timeout: maxMilliseconds }) === true;
      } catch {
        throw new ToolError(
          `The regular expression “${source.slice(0, 200)}” takes too long on this data.`,
          'Write it without nested repetitions such as (a+)+.',
        );
      }
    },
  };
}
