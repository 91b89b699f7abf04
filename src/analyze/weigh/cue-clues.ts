import type { MatchIndex } from '../match/patterns.ts';
import type { Add, Clued } from './clues.ts';
import { cues } from './cues.ts';

/** Turns of speech that point to a tool, wherever they stand and no negation covers them. */
export function addCues(index: MatchIndex, { found }: Clued, part: number, add: Add): void {
  const { text, places, negated } = found.read.tokens;
  for (const [target, { tool }] of index.targets.entries()) {
    const own = tool === undefined ? undefined : cues.get(tool.name);
    if (own === undefined) continue;
    for (let nth = 0; nth < own.length; nth += 1) {
      const match = own[nth]?.exec(text);
      if (match === null || match === undefined) continue;
      const start = places.findIndex((place) => place >= match.index);
      if (start < 0 || (negated[start] === true && !denies.test(match[0]))) continue;
      const last = match.index + match[0].length;
      let end = start;
      while ((places[end + 1] ?? Infinity) < last) end += 1;
      add(target, { part, start, end, score: 0.45, kind: 'cue', nth });
    }
  }
}

const denies = /n['’]?t\b|\b(?:not|no|never|nothing|without)\b/;
