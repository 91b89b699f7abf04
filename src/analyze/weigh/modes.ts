import type { Tokens } from '../language/tokens.ts';

/** In which light a word stands; bits, as several may hold. */
const mode = {
  /** How things are today: `the till writes …`, `we have …`. */
  told: 1,
  /** `if …`, `when …`, `until …`. */
  condition: 2,
  /** What it is for: `so that …`, `because …`. */
  purpose: 4,
  /** `which …`, `that …`. */
  relative: 8,
  /** In brackets. */
  aside: 16,
  /** Done by others, some day, or perhaps. */
  elsewhere: 32,
  /** Excluded: `no …`, `without …`, to the end of the clause. */
  excluded: 64,
} as const;

/** Names of the bits. */
export const modeNames = Object.entries(mode);

/** To the end of the clause. */
const rest = String.raw`[^,.;:()\n–—]*`;
const spans: readonly (readonly [bit: number, pattern: RegExp])[] = [
  [
    mode.told,
    new RegExp(
      String.raw`(?<=^|[,.;:\n] ?)(?:but |and |because |since |as |that )?(?:we|they|he|she|somebody|someone|everyone|people|it|i|(?:our|the|my|their|each|every|all|a|an)(?: [\w-]+){1,4}?) (?:already |now |currently |always |still |often |only |just )?(?:get|gets|receives?|have|has|had|keeps?|saves?|writes?|exports?|delivers?|stores?|produces?|sends?|uses?|comes?|arrives?|leaves?|lies?|lie|gives?|posts?|is|are|was|were|contains?|holds?|runs?|makes?|prints?|wrote|sent|gave|appears?|turns? up|does|did|do|copies|copy)\b(?! to be)${rest}`,
      'g',
    ),
  ],
  [
    mode.condition,
    new RegExp(
      String.raw`\b(?:if|when|whenever|unless|until|as soon as|once|in case|while|after|before|wenn|falls)\b${rest}`,
      'g',
    ),
  ],
  [
    mode.purpose,
    new RegExp(
      String.raw`\b(?:so that|so (?=we|they|i|it|you|the|our)|in order that|because|since|as (?=we|they|it is)|for (?:the|our|my|their|his|her|use|further|later|when)|to be (?:used|read|loaded|imported))\b${rest}`,
      'g',
    ),
  ],
  [mode.relative, new RegExp(String.raw`\b(?:which|who|whose|that (?=\w+s\b|we|they|are|have|do|i\b))${rest}`, 'g')],
  [mode.aside, /\([^)]*\)/g],
  [
    mode.elsewhere,
    /(?<![^.;\n])[^.;\n]*\b(?:themselves|ourselves|elsewhere|(?:no|not) part|(?:is|are) (?:already )?(?:done|made|drawn|handled|run) (?:by|in|elsewhere|with|at)|not us|later we|later (?:on )?(?:we )?(?:may|might|maybe)|maybe|perhaps|some ?day|next year|other (?:team|department|program|tool|system)s? (?:do|does|will)|own scheduler|business of|another (?:program|tool|system|team|story|project)|we tried|was discussed|at present|at the moment|currently|nowadays|today (?:we|a|the|i|somebody))\b[^.;\n]*/g,
  ],
  [
    mode.excluded,
    new RegExp(
      String.raw`\b(?:no(?! (?:duplicat|double|missing|longer|more|errors?|gaps|empty|entry|row|record))|not(?! (?:valid|only|in\b|yet|more|less|match|empty|unique))|never|without|nothing|neither|nor|don['’]?t|do not|does not|doesn['’]?t|mustn['’]?t|instead of|rather than|kein\w*|nicht|ohne|sans|sin)\b${rest}`,
      'g',
    ),
  ],
];

/** The light in which every word of a text stands. */
export function modesOf({ text, places, words }: Tokens): Uint8Array {
  const modes = new Uint8Array(words.length);
  for (const [bit, pattern] of spans) {
    let at = 0;
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      while (at < places.length && (places[at] ?? 0) < match.index) at += 1;
      for (; at < places.length && (places[at] ?? 0) < end; at += 1) modes[at] = (modes[at] ?? 0) | bit;
    }
  }
  return modes;
}
