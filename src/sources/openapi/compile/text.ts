import type { JsonSchema } from '../../../spec/index.ts';
import { hasEncodedBlock, instructionsToModel, sentenceCase, withoutHidden } from '../../../util/index.ts';
import { plainWords } from './plain-words.ts';

/** Text beyond this is not looked at: descriptions of operations are at times whole pages. */
const longestRead = 4000;

/** Marks by which a text poses as part of a model's own prompt, with what stands in them. */
const posing =
  /<\s*(important|system|instructions?|secret|admin|assistant|hidden)\b[^<>]{0,200}>[\s\S]*?(?:<\/\s*\1\s*>|$)/gi;

const known = new Map<string, string>();

/**
 * A description in few words: markup taken away, whole sentences as long as they fit. Hidden characters, sentences that
 * order a model about and encoded blocks are left out.
 */
export function compact(given: string, length: number): string {
  if (given === '') return '';
  const key = `${length}:${given}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const honest = sentences(
    plainWords(
      withoutHidden(given.slice(0, longestRead))
        .replace(/[\u2028\u2029]/g, '\n')
        .replace(posing, ' '),
    ),
  ).filter(isHonest);
  const short = fitting(honest, length);
  // A sentence may be harmless alone and an order together with the next.
  const result = instructionsToModel(short).length === 0 ? short : '';
  if (known.size > 5000) known.clear();
  if (key.length < 1000) known.set(key, result);
  return result;
}

/** Whether something in a text was written for a model to obey, or so that nobody sees it. */
export function isPoisoned(given: string): boolean {
  const read = given.slice(0, longestRead);
  return withoutHidden(read) !== read || instructionsToModel(read).length > 0;
}

const isHonest = (sentence: string): boolean =>
  instructionsToModel(sentence).length === 0 && !hasEncodedBlock(sentence);

const sentences = (words: string): string[] =>
  words
    .split(/(?<=[.!?。！？])\s+(?=[^a-z\s])|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

function fitting(all: readonly string[], length: number): string {
  let text = '';
  for (const sentence of all) {
    const ended = /[.!?。！？…]$/.test(text) || text === '' ? text : `${text.replace(/[,;:]+$/, '')}.`;
    const longer = ended === '' ? sentence : `${ended} ${sentence}`;
    if (longer.length > length) break;
    text = longer;
  }
  return text === '' && all[0] !== undefined ? shortened(all[0], length) : text;
}

/** Cut at a word, with an ellipsis. */
function shortened(sentence: string, length: number): string {
  const part = sentence.slice(0, length - 1);
  const end = part.lastIndexOf(' ');
  return `${(end > length / 2 ? part.slice(0, end) : part).replace(/[\s,;:([{-]+$/, '').replace(/[\ud800-\udbff]$/, '')}…`;
}

/** `created_at[gte]` in words: Created at gte. */
export function inWords(name: string): string {
  const spaced = withoutHidden(name)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const words = spaced.split(' ').map((word) => (/^[A-Z][a-z]/.test(word) ? word.toLowerCase() : word));
  return sentenceCase(words.join(' '));
}

/** The schema with a description made from its name when it has none: whoever lists tools expects one of each property. */
export function labelled(schema: JsonSchema, name: string): JsonSchema {
  if (typeof schema['description'] === 'string' && schema['description'].trim().length >= 3) return schema;
  const words = inWords(name);
  return { ...schema, description: words.length >= 3 ? words : `Value of ${words || 'this field'}` };
}
