import { ToolError } from '#runtime/errors.ts';
import type { Value } from './dataset.ts';

/**
 * Parses JSON without losing digits: whole numbers beyond 2^53 stay as text.
 * Throws ToolError naming the place when it is no JSON.
 */
export function parseJson(text: string, name: string): Value {
  try {
    return /\d{16}/.test(text) ? (JSON.parse(text, keepDigits) as Value) : (JSON.parse(text) as Value);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'not readable';
    throw new ToolError(
      `${name} is not valid JSON: ${reason}.`,
      'Correct the text there, or check that the file is complete.',
    );
  }
}

function keepDigits(_key: string, value: unknown, ...[context]: unknown[]): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = (context as { source?: string } | undefined)?.source;
  return source !== undefined && /^-?\d+$/.test(source) ? source : value;
}
