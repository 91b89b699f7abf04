/** After these a full stop ends no sentence. */
const abbreviated = /\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|Nr|vs|e\.g|i\.e|z\.B|bzw)\.\s*$/;
const maxDifferentWords = 200_000;
export interface Tally {
  characters: number;
  visible: number;
  words: number;
  wordCharacters: number;
  sentences: number;
  paragraphs: number;
  lines: number;
  readonly frequency: Map<string, number>;
}

export function counterOf(tally: Tally, locale: string): (paragraph: string) => void {
  const bySentence = new Intl.Segmenter(locale, { granularity: 'sentence' });
  const byWord = new Intl.Segmenter(locale, { granularity: 'word' });
  return (paragraph) => {
    tally.paragraphs += 1;
    for (const { segment } of bySentence.segment(paragraph)) {
      if (/[\p{L}\p{N}]/u.test(segment) && !abbreviated.test(segment)) tally.sentences += 1;
    }
    for (const { segment, isWordLike } of byWord.segment(paragraph)) {
      if (isWordLike !== true) continue;
      tally.words += 1;
      tally.wordCharacters += [...segment].length;
      const word = segment.toLocaleLowerCase(locale);
      const seen = tally.frequency.get(word);
      if (seen !== undefined || tally.frequency.size < maxDifferentWords) tally.frequency.set(word, (seen ?? 0) + 1);
    }
  };
}

export function countCharacters(tally: Tally, line: string, afterLine: boolean): void {
  if (afterLine) tally.characters += 1;
  for (const character of line) {
    tally.characters += 1;
    if (!/\s/.test(character)) tally.visible += 1;
  }
}
