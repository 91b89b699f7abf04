import type { Request } from '../spec/index.ts';
import { matchPart } from './match/accept.ts';
import type { MatchIndex } from './match/patterns.ts';
import { findSubject } from './match/subject.ts';
import type { Clued } from './weigh/clues.ts';

export interface Part extends Clued {
  readonly text: string;
}

/** The parts of a request with what the rules find in each. */
export function readParts(index: MatchIndex, request: Request): Part[] {
  return withClient(index, matchParts(index, request));
}

/** A form's own tools and a Blueprint say what is wanted: there, words add no tools. */
function matchParts(index: MatchIndex, request: Request): Part[] {
  const one = (text: string, requirement: number, fallback: 'in' | 'out' = 'in'): Part => ({
    text,
    requirement,
    output: fallback === 'out',
    ...matchPart(index, text, fallback),
  });
  if (request.tools.length > 0) {
    const texts = [
      request.intent,
      ...request.tools.map((tool) => `${tool.name.replaceAll('_', ' ')}: ${tool.description}`),
    ];
    return texts.slice(0, 50).map((text) => ({ ...one(text, -1), tools: [], likely: [], beyond: [] }));
  }
  // An output names what the requirements make; a single word of it asks for no tool beside a writer.
  const outputs = request.expectedOutputs.map((text) => {
    const part = one(text, -1, 'out');
    return {
      ...part,
      likely: [],
      tools: part.tools.filter(({ target, words }) => index.targets[target]?.way !== undefined || words.includes(' ')),
    };
  });
  if (request.requirements.length === 0) return [one(request.intent, -1), ...outputs];
  // A prompt's sentences lean on each other; a context's requirements stand alone.
  if (request.kind === 'prompt') return [one(request.requirements.join('\n'), 0), ...outputs];
  return [...request.requirements.map((text, at) => one(text, at)), ...outputs];
}

/** Keeping records alike with a system that is named needs its client, in whatever sentence the name stands. */
function withClient(index: MatchIndex, parts: Part[]): Part[] {
  const found = new Set(parts.flatMap((part) => part.tools.map(({ target }) => target)));
  const syncs = [...found].some((target) => index.targets[target]?.recipe?.capability === 'sync');
  if (!syncs || [...index.clients].some((target) => found.has(target))) return parts;
  return parts.map((part) => {
    const subject = findSubject(index, part.found.read);
    if (subject === undefined) return part;
    const clients = [...index.clients].map((target) => ({ target, score: 0.8, words: subject, subject }));
    return { ...part, tools: [...part.tools, ...clients] };
  });
}
