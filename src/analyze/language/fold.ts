/** Compounds that requests write in several ways, made one. Each pattern begins where a word begins. */
const compounds: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/\be[- ]mail/g, 'email'],
  [/\boauth[ -]?2(?:\.\d)?\b/g, 'oauth'],
  [/\bjson[- ]?lines?\b|\b(?:new)?[- ]?line[- ]delimited json\b/g, 'jsonl'],
  [
    /\b(?:json[- ](?:objects?|records?|documents?) (?:per|an?|on each|on every|on a|for each|in each|each) (?:single )?lines?|(?:per|on each|on every|a|on a) line (?:as|in|of) json|json,? (?:with )?(?:one|an?|each|every) \w+ (?:per|an?|on each|on every|on a) line)\b/g,
    'jsonl',
  ],
  [
    /\b(?:with (?:the )?commas(?: in)?(?: between(?: them)?)?|comma(?:s)? (?:files?|tables?|list|text)|separated by commas|commas between)\b/g,
    'as csv',
  ],
  [/\btab files?\b/g, 'tsv file'],
  [/\btime[- ]zone/g, 'timezone'],
  [/\b(?:help|service)[ -]desk\b/g, 'helpdesk'],
  [/\bweb[- ]hook/g, 'webhook'],
  [/\b(?:geo|b)json\b/g, 'json'],
  [/\bfine[- ]tun/g, 'finetun'],
  [/\bde-dup/g, 'dedup'],
  [/\bsha-(\d+)/g, 'sha$1'],
  [/\b\d{1,2}:\d{2}(?::\d{2})?\b/g, 'clocktime'],
  [/\b\d{1,2} ?[ap]m\b/g, 'clocktime'],
  [/\b20\d\d-\d\d-\d\d\b/g, 'datevalue'],
  [/\b\d{1,2}\.\d{1,2}\.\d{2,4}\b/g, 'datevalue'],
  [/\b(csv|json|xml|jsonl|tsv)2(csv|json|xml|jsonl|tsv)\b/g, '$1 to $2'],
];

/** `docxml`, `musicxml`; tested by itself, as it would be tried on every word. */
const dialectOfXml = /\b[a-z]+xml\b/g;
const endsInXml = /[a-z]xml\b/;

/** Words by which a sentence tells how things were or will be some day. */
const backgroundWords =
  'until now|up to now|so far|used to|last year someone|by hand|in former times|previously|formerly|for another time|another day|out of scope';

/** Sentences about how things were or will be some day are not about what is wanted. */
const background = new RegExp(String.raw`[^.!?\n]*\b(?:${backgroundWords})\b[^.!?\n]*[.!?]?`, 'gi');
const hintsAtBackground = new RegExp(String.raw`\b(?:${backgroundWords})`, 'i');

/** One look for all that has to be rewritten: most requests hold nothing of it. */
const rewritten = new RegExp(
  String.raw`\b(?:${[...compounds.map(([pattern]) => pattern.source.replace(/^\\b/, '')), backgroundWords].join('|')})`,
);

// oxlint-disable-next-line no-control-regex
const beyondAscii = /[^\x00-\x7f]/;

/** A request in lower case, without accents, with one way of writing compounds, and without its background. */
export function fold(given: string): string {
  const lower = given.toLowerCase();
  const ascii = !beyondAscii.test(given);
  if (ascii && !rewritten.test(lower) && !endsInXml.test(lower) && !given.includes('REST')) return lower;
  const text = hintsAtBackground.test(given) ? given.replace(background, ' . ') : given;
  let plain = text.replace(/\bREST\b/g, 'rest api').toLowerCase();
  if (!ascii) plain = plain.normalize('NFKD').replace(/\p{M}/gu, '');
  plain = plain.replace(dialectOfXml, 'xml');
  for (const [pattern, replacement] of compounds) plain = plain.replace(pattern, replacement);
  return plain;
}
