import type { FolderContext, ToolContext } from '#runtime/context.ts';
import { splitLines } from '#shared/lines.ts';
import { openText } from '#shared/text-input.ts';
import { counterOf, countCharacters } from './text-tally.ts';
import type { Tally } from './text-tally.ts';

export interface AnalyzeTextInput {
  readonly path?: string;
  readonly text?: string;
  readonly encoding?: string;
  readonly language?: string;
  readonly top?: number;
  readonly minimumLength?: number;
}

export interface AnalyzeTextOutput {
  name: string;
  characters: number;
  charactersWithoutSpaces: number;
  words: number;
  differentWords: number;
  sentences: number;
  paragraphs: number;
  lines: number;
  averageWordLength: number;
  averageSentenceWords: number;
  readingMinutes: number;
  topWords: { word: string; count: number }[];
}

/** Words a minute of silent reading in English: Brysbaert 2019, “How many words do we read per minute?”. */
const readingSpeed = 238;
const maxParagraph = 64 * 1024;

/** Counts words, sentences and more by the rules of Unicode, paragraph by paragraph. */
export async function analyzeText(
  args: AnalyzeTextInput,
  context: ToolContext & FolderContext,
): Promise<AnalyzeTextOutput> {
  const input = await openText(args, context);
  const locale = Intl.Segmenter.supportedLocalesOf(safeLocale(args.language))[0] ?? 'en';
  const tally: Tally = {
    characters: 0,
    visible: 0,
    words: 0,
    wordCharacters: 0,
    sentences: 0,
    paragraphs: 0,
    lines: 0,
    frequency: new Map(),
  };
  const count = counterOf(tally, locale);
  let paragraph = '';
  const close = (): void => {
    if (paragraph !== '') count(paragraph);
    paragraph = '';
  };
  for await (const line of splitLines(input.pieces())) {
    tally.lines += 1;
    if (tally.lines % 2_000 === 0) context.signal.throwIfAborted();
    countCharacters(tally, line, tally.lines > 1);
    if (line.trim() === '') close();
    else paragraph = paragraph === '' ? line.trim() : `${paragraph} ${line.trim()}`;
    if (paragraph.length > maxParagraph) close();
  }
  close();
  return answerOf(tally, input.name, args.top ?? 10, args.minimumLength ?? 4);
}

function answerOf(tally: Tally, name: string, top: number, minimumLength: number): AnalyzeTextOutput {
  const ranked = [...tally.frequency]
    .filter(([word]) => [...word].length >= minimumLength)
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    name,
    characters: tally.characters,
    charactersWithoutSpaces: tally.visible,
    words: tally.words,
    differentWords: tally.frequency.size,
    sentences: tally.sentences,
    paragraphs: tally.paragraphs,
    lines: tally.lines,
    averageWordLength: rounded(tally.wordCharacters, tally.words),
    averageSentenceWords: rounded(tally.words, tally.sentences),
    readingMinutes: rounded(tally.words, readingSpeed),
    topWords: ranked.slice(0, top).map(([word, count]) => ({ word: word.slice(0, 100), count })),
  };
}

function rounded(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 100) / 100;
}

function safeLocale(language: string | undefined): string[] {
  try {
    return language === undefined ? [] : Intl.getCanonicalLocales(language);
  } catch {
    return [];
  }
}
