import {
  conditions,
  determiners,
  dropped,
  foreign,
  negators,
  others,
  states,
  tellers,
  turns,
  wishes,
} from './function-words.ts';

/** A request as a row of meaningful words. The arrays run in parallel: one place a word. */
export interface Tokens {
  /** Lower-case, without accents; articles and the like are left out. */
  readonly words: string[];
  readonly sentences: number[];
  /** Parts between commas and the like, finer than sentences. */
  readonly clauses: number[];
  /** After an article, a possessive or the like: a thing, not an action. */
  readonly determined: boolean[];
  /** Taken back by a negation. */
  readonly negated: boolean[];
  /** Directly after `I`, `we`, `they`: what follows tells how things are, unless a wish came before. */
  readonly told: boolean[];
  /** After `of`: `an overview of a CSV`. */
  readonly of: boolean[];
  /** After a word of wishing or duty in its clause: `must`, `want`, `should`. */
  readonly wished: boolean[];
  /** Where each word begins in `text`. */
  readonly places: number[];
  /** What was read: lower-case, compounds made one, without what only tells of the past. */
  readonly text: string;
}

const wordOrStop = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?|->|=>|→|➜|[.!?](?=\s|$)|[\n;,:()–—]/gu;
const sentenceEnds = new Set(['.', '!', '?', '\n', ';', '–', '—']);
const clauseEnds = new Set([',', ':', '(', ')', ...sentenceEnds]);
const arrows = new Set(['->', '=>', '→', '➜']);

/** Splits text into words; a few microseconds for 200 characters. */
export function tokenize(given: string): Tokens {
  const text = fold(given);
  const tokens: Tokens = {
    words: [],
    sentences: [],
    clauses: [],
    determined: [],
    negated: [],
    told: [],
    wished: [],
    of: [],
    places: [],
    text,
  };
  let sentence = 0;
  let clause = 0;
  let determined = false;
  let told = false;
  let other = false;
  let of = false;
  let wished = false;
  let negation = noNegation;
  for (const match of text.matchAll(wordOrStop)) {
    const found = match[0];
    if (clauseEnds.has(found)) {
      clause += 1;
      if (sentenceEnds.has(found)) sentence += 1;
      negation = noNegation;
      determined = false;
      told = false;
      wished = false;
      continue;
    }
    const bare = found.replace(/['’]/g, '');
    const word = arrows.has(found) ? 'to' : (foreign.get(bare) ?? bare);
    negation = follow(negation, word);
    if (needless.has(word) || (negation.left > 0 && unwanted.has(word))) takeBack(tokens, clause);
    if (dropped.has(word) || negators.has(word)) {
      determined = determined || determiners.has(word);
      told = tellers.has(word) || (told && (wishes.has(word) || having.has(word)));
      other = others.has(word) || (other && wishes.has(word));
      of = of || word === 'of';
      wished = wished || wishes.has(word);
      continue;
    }
    tokens.words.push(word);
    tokens.places.push(match.index);
    tokens.sentences.push(sentence);
    tokens.clauses.push(clause);
    tokens.determined.push(determined);
    tokens.negated.push(negation.left > 0);
    tokens.told.push(told);
    tokens.of.push(of);
    of = false;
    tokens.wished.push(wished && !other);
    other = false;
    determined = false;
    told = false;
    wished = wished || wishes.has(word);
  }
  return tokens;
}

/** Compounds that requests write in several ways, made one. */
const compounds: readonly (readonly [hint: string, pattern: RegExp, replacement: string])[] = [
  ['mail', /\be[- ]?mail/g, 'email'],
  ['oauth', /\boauth[ -]?2(?:\.\d)?\b/g, 'oauth'],
  ['json', /\bjson[- ]?lines?\b|\b(?:new)?[- ]?line[- ]delimited json\b/g, 'jsonl'],
  [
    'line',
    /\b(?:(?:one |an? |every |each |single )?json[- ](?:objects?|records?|documents?) (?:per|an?|on each|on every|on a|for each|in each|each) (?:single )?lines?|(?:one |an? )?\w+ (?:per|on each|on every|a|on a) line (?:as|in|of) json|json,? (?:with )?(?:one|an?|each|every) (?:object|record|entry|\w+) (?:per|an?|on each|on every|on a) line)\b/g,
    'jsonl',
  ],
  [
    'comma',
    /\b(?:with (?:the )?commas(?: in)?(?: between(?: them)?)?|comma(?:s)? (?:files?|tables?|list|text)|separated by commas|commas between)\b/g,
    'as csv',
  ],
  ['tab', /\btab files?\b/g, 'tsv file'],
  ['zone', /\btime[- ]zone/g, 'timezone'],
  ['desk', /\b(?:help|service)[ -]desk\b/g, 'helpdesk'],
  ['hook', /\bweb[- ]hook/g, 'webhook'],
  ['xml', /\b[a-z]+xml\b/g, 'xml'],
  ['json', /\b(?:geo|b)json\b/g, 'json'],
  ['tun', /\bfine[- ]tun/g, 'finetun'],
  ['dup', /\bde-dup/g, 'dedup'],
  ['sha', /\bsha-(\d+)/g, 'sha$1'],
  [':', /\b\d{1,2}:\d{2}(?::\d{2})?\b/g, 'clocktime'],
  ['m', /\b\d{1,2} ?[ap]m\b/g, 'clocktime'],
  ['20', /\b20\d\d-\d\d-\d\d\b/g, 'datevalue'],
  ['.', /\b\d{1,2}\.\d{1,2}\.\d{2,4}\b/g, 'datevalue'],
  ['2', /\b(csv|json|xml|jsonl|tsv)2(csv|json|xml|jsonl|tsv)\b/g, '$1 to $2'],
];

// eslint-disable-next-line no-control-regex
const beyondAscii = /[^\x00-\x7f]/;

/** Sentences about how things were or will be some day are not about what is wanted. */
const background =
  /[^.!?\n]*\b(?:until now|up to now|so far|used to|last year someone|by hand|in former times|previously|formerly|for another time|another day|out of scope)\b[^.!?\n]*[.!?]?/gi;
const hintsAtBackground =
  /\b(?:until now|up to now|so far|used to|last year|by hand|former|previously|another|out of scope)/i;

function fold(given: string): string {
  const text = hintsAtBackground.test(given) ? given.replace(background, ' . ') : given;
  let plain = text.replace(/\bREST\b/g, 'rest api').toLowerCase();
  if (beyondAscii.test(plain)) plain = plain.normalize('NFKD').replace(/\p{M}/gu, '');
  for (const [hint, pattern, replacement] of compounds) {
    if (plain.includes(hint)) plain = plain.replace(pattern, replacement);
  }
  return plain;
}

const having = new Set(['have', 'has', 'had']);

interface Negation {
  /** Words that the negation still covers. */
  readonly left: number;
  readonly previous: string;
  readonly before: string;
}

const noNegation: Negation = { left: 0, previous: '', before: '' };
const reach = 8;

/** Scope of a negation: from its word to the end of the clause, a turn (`but`), or eight words. */
function follow({ left, previous, before }: Negation, word: string): Negation {
  const passed = { previous: word, before: previous };
  if (negators.has(word)) return { left: conditions.has(previous) || conditions.has(before) ? 0 : reach, ...passed };
  if (word === 'of' && previous === 'instead') return { left: 3, ...passed };
  if (word === 'than' && previous === 'rather') return { left: 3, ...passed };
  if (left === 0 || turns.has(word)) return { left: 0, ...passed };
  if (negators.has(previous) && states.has(word)) return { left: 0, ...passed };
  return { left: left - 1, ...passed };
}

const unwanted = new Set('needed necessary wanted required desired allowed relevant sent used touched'.split(' '));

/** These take back what stands before them without a negation. */
const needless = new Set('unnecessary superfluous needless unneeded irrelevant'.split(' '));

/** `OAuth is not needed`, `mails must not be sent`: what stands before in the clause is taken back too. */
function takeBack(tokens: Tokens, clause: number): void {
  for (let back = tokens.words.length - 1; back >= 0 && tokens.clauses[back] === clause; back -= 1)
    tokens.negated[back] = true;
}
