import { parse, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import { CrafterError } from '../errors.ts';
import { fieldPath, invalidInput } from './parse-input.ts';
import { cut } from '../util/index.ts';

/** Deeper documents are refused before anything walks them; no form or context comes near. */
const maxDepth = 100;

/**
 * Parses JSON from outside.
 * @throws CrafterError INVALID_INPUT with line and column, or for nesting over `maxDepth`, or for a `__proto__` key.
 */
export function parseJson(text: string): unknown {
  refuseDeep(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw brokenJson(text, error);
  }
  refuseProto(value, []);
  return value;
}

/** V8 does not always say where JSON breaks; jsonc-parser does. */
function brokenJson(text: string, cause: unknown): CrafterError {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const first = errors[0];
  const before = text.slice(0, first?.offset ?? text.length).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  const reason = (first === undefined ? 'broken' : printParseErrorCode(first.error))
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  const remedy = 'Correct the JSON at that place; comments, trailing commas and single quotes are not JSON.';
  const value = cut((text.split('\n')[before.length - 1] ?? '').trim(), 80);
  return new CrafterError('INVALID_INPUT', `The input is not valid JSON: ${place}: ${reason}.`, {
    hint: remedy,
    problems: [{ field: place, value, message: reason, remedy }],
    cause,
  });
}

function refuseDeep(text: string): void {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 92) index += 1;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 123 || code === 91) depth += 1;
    else if (code === 125 || code === 93) depth -= 1;
    if (depth > maxDepth) {
      const message = `nested more than ${maxDepth} levels deep`;
      throw invalidInput('input', [{ field: `character ${index + 1}`, message, remedy: 'Flatten the document.' }]);
    }
  }
}

/** A `__proto__` key is never meant and has hurt many programs: refused by name. */
function refuseProto(value: unknown, path: readonly PropertyKey[]): void {
  if (value === null || typeof value !== 'object') return;
  for (const [key, child] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === '__proto__') {
      const message = 'the key `__proto__` is not allowed';
      throw invalidInput('input', [{ field: fieldPath(here), message, remedy: 'Remove or rename it.' }]);
    }
    refuseProto(child, here);
  }
}
