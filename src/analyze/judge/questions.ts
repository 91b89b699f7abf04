import { cut } from '../../util/index.ts';
import { generic } from '../language/function-words.ts';
import type { Analysis } from '../../spec/index.ts';
import type { Speaking } from './task-type.ts';

/** A request is vague when nothing was recognised and hardly a word of it names a thing or an action. */
export function isVague(parts: readonly Speaking[]): boolean {
  if (parts.some(({ tools, beyond }) => tools.length > 0 || beyond.length > 0)) return false;
  const telling = parts.flatMap(({ found }) =>
    found.read.tokens.words.filter((word) => word.length > 2 && !generic.has(word) && !empty.has(word)),
  );
  return new Set(telling).size <= 1;
}

const empty = new Set(
  'with for and from into the via using lot lots little bit sort kind hello morning today show see want would maybe possible please possible want looking ask know let via their that person boss friend colleagues hi anyone everyone'.split(
    ' ',
  ),
);

/** Asks whether one of the likely tools is meant, when none is sure. */
export function questionAbout(suggestions: Analysis['suggestions']): string {
  const named = suggestions.slice(0, 3).map(({ tool, evidence }) => `${tool} (for “${evidence}”)`);
  return `Nothing in the request is clear enough to build a tool for. Is this meant: ${named.join(', ')}? Say which by name, or tell in more words what goes in and what should come out.`;
}

/** What must be known before a plan makes sense. */
export function questionsFor(words: string): string[] {
  const about = cut(words.trim(), 80);
  return [
    `What should the server work on (files of which format, which API or system, which database)? “${about}” does not say.`,
    'What should it do with that (read, check, change, combine, search, send)?',
    'What should come out (an answer, a file of which format, a change in another system)?',
  ];
}
