import type { Problem } from '../../errors.ts';
import { defineSource, invalidInput } from '../../spec/index.ts';
import type { Reading, SourceOptions } from '../../spec/index.ts';
import { sha256 } from '../../util/index.ts';
import { isProblem, readComplexity, readLanguage, readServerName } from '../names.ts';
import { documentWanted } from './document-wanted.ts';
import { splitPrompt } from './split.ts';

/** Longer wishes are not read by anyone in one go; the rest is left out, and said so. */
const readCharacters = 20_000;

/** Plain words. */
export const promptSource = defineSource({
  kind: 'prompt',
  summary: 'plain words: what the server should do',
  recognizes: (_text, value) => value === undefined || typeof value === 'string',
  read: readPrompt,
});

function readPrompt(text: string, value: unknown, options: SourceOptions): Reading {
  const words = (typeof value === 'string' ? value : text).trim();
  if (words.includes('\0'))
    throw invalidInput('prompt', [
      { field: 'prompt', message: 'is not text', remedy: 'Give plain words, or the path of a JSON file.' },
    ]);
  const problems: Problem[] = documentWanted(words.slice(0, readCharacters));
  const keep = <Value>(read: Value | Problem): Value | undefined => (isProblem(read) ? void problems.push(read) : read);
  const complexity =
    options.complexity === undefined ? undefined : keep(readComplexity(options.complexity, 'complexity'));
  const name = options.name === undefined ? undefined : keep(readServerName(options.name, 'name'));
  const language = keep(readLanguage(options.language, 'language')) ?? 'typescript';
  if (problems.length > 0) throw invalidInput('prompt', problems);
  const notes =
    words.length > readCharacters ? [`Only the first ${readCharacters} of ${words.length} characters were read.`] : [];
  return {
    secrets: {},
    request: {
      kind: 'prompt',
      digest: sha256(text),
      ...(name && { name: name.name }),
      intent: words.slice(0, 2000),
      ...splitPrompt(words.slice(0, readCharacters)),
      declared: complexity === undefined ? {} : { complexity },
      capabilities: [...(options.capabilities ?? [])],
      language,
      tools: [],
      dependencies: [],
      environment: [],
      grants: { folders: [...(options.folders ?? [])], hosts: [...(options.hosts ?? [])] },
      metadata: {},
      notes,
    },
  };
}
