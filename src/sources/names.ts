import { CrafterError } from '../errors.ts';
import type { Problem } from '../errors.ts';
import { complexityWords, languageNames, nearest } from '../spec/index.ts';
import type { Complexity, LanguageName } from '../spec/index.ts';

import { kebabCase } from '../util/index.ts';

/** A server name from what the user wrote: `Weather API` is weather-api; paths and the like are problems. */
export function readServerName(given: string, field: string): { name: string; note?: string } | Problem {
  const value = given.slice(0, 80);
  const name = kebabCase(given);
  if (/[/\\\0]|\.\./.test(given))
    return {
      field,
      value,
      message: 'has characters of paths',
      remedy: `Give a plain name${name === '' ? '' : `, for example ${name.slice(0, 63)}`}.`,
    };
  // eslint-disable-next-line no-control-regex
  if (/[^\x20-\x7e]/.test(given) || !/^[a-z]/.test(name)) {
    return {
      field,
      value,
      message: 'is not a server name',
      remedy: 'Use lower-case ASCII letters, digits and hyphens, starting with a letter, for example weather-api.',
    };
  }
  if (name.length > 63)
    return { field, value, message: `has ${name.length} characters, more than 63`, remedy: 'Give a shorter name.' };
  return name === given ? { name } : { name, note: `The server is named ${name}: names are lower-case with hyphens.` };
}

/** @throws CrafterError NOT_SUPPORTED for a known language without a generator; a Problem for a word that is none. */
export function readLanguage(given: string | undefined, field: string): LanguageName | Problem {
  const word = (given ?? 'typescript').trim().toLowerCase();
  if (word === 'typescript' || word === 'ts' || word === 'node') return 'typescript';
  if (word === 'python' || word === 'py') {
    throw new CrafterError('NOT_SUPPORTED', 'Servers in Python are not part of this version.', {
      hint: 'Leave `language` out, or set it to `typescript`.',
      problems: [{ field, value: word, message: 'not part of this version', remedy: 'Use `typescript`.' }],
    });
  }
  const near = nearest(word, languageNames);
  return {
    field,
    value: word.slice(0, 80),
    message: 'unknown language',
    remedy: near === undefined ? 'Use `typescript`.' : `Did you mean \`${near}\`?`,
  };
}

export function readComplexity(given: string, field: string): Complexity | Problem {
  const word = given.trim().toLowerCase();
  const known = Object.keys(complexityWords);
  if (Object.hasOwn(complexityWords, word)) return complexityWords[word] ?? 'moderate';
  const near = nearest(word, known);
  return {
    field,
    value: word.slice(0, 80),
    message: 'unknown complexity',
    remedy: `${near === undefined ? '' : `Did you mean \`${near}\`? `}Words: ${known.join(', ')}.`,
  };
}

export const isProblem = (value: unknown): value is Problem =>
  value !== null && typeof value === 'object' && 'remedy' in value;
