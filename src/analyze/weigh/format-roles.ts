import type { Tokens } from '../language/tokens.ts';

/** What stands around a format tells whether it is read or written; each sign is weighed, none decides alone. */
const before: readonly (readonly [sign: string, pattern: RegExp])[] = [
  ['from', /\b(?:from|out of|aus|depuis|desde|inside|through|of|given|parse|process) (?:[\w'’-]+ ){0,3}$/],
  ['to', /(?:\b(?:to|into|nach|vers|towards)|->|=>|→|➜) (?:[\w'’-]+ ){0,2}$/],
  ['as', /\b(?:as|als) (?:[\w'’-]+ ){0,2}$/],
  ['in', /\b(?:in|im|en) (?:[\w'’-]+ ){0,2}$/],
  ['with', /\b(?:with|by|per|and|or|plus) (?:[\w'’-]+ ){0,1}$/],
  ['new', /\b(?:an?|one|new|fresh|clean|cleaned|separate|second|single|own|again|proper|valid) (?:[\w'’-]+ ){0,1}$/],
  ['its own', /\b(?:the|our|my|this|these|their|his|her|your|all|each|every|both|two|\d+) (?:[\w'’-]+ ){0,2}$/],
  ['name', /[\w-]\.$/],
  ['starts', /(?:^|[.!?\n] ?)$/],
  ['after colon', /[:(] ?$/],
  ['after comma', /, ?(?:[\w'’-]+ )?$/],
];
const sentenceBefore: readonly (readonly [sign: string, pattern: RegExp])[] = [
  [
    'made',
    /\b(?:exports?|writes?|saves?|produces?|generates?|output|outputs|creates?|make|makes|give|gives|deliver|delivers|return|returns|provide|hand|put|store|dump|emit|build|convert|turn|transform|want|wants|need|needs|send|print|becomes?|end up|get me|have)\b[^.!?\n]*$/,
  ],
  [
    'result',
    /\b(?:results?|outputs?|outcome|report|findings|list of|answer|rest|good ones|everything|totals|overview|summary)\b[^.!?\n]*$/,
  ],
  [
    'taken',
    /\b(?:reads?|loads?|imports?|parses?|ingests?|opens?|takes?|process|check|validate|clean|accepts?|look|merge|join|combine|compare|filter|dedupe|describe|profile|analy[sz]e|count|search|find|remove|go through|throw|drop|receives?|gets?|comes?|arrives?|lies?|kept|stored|exported|saved|delivered|sent|written|given)\b[^.!?\n]*$/,
  ],
  [
    'wished',
    /\b(?:should|must|shall|needs? to|wants?|need|would like|please|pls|has to|have to|required|expected|demands?)\b[^.!?\n]*$/,
  ],
  [
    'told',
    /(?:\b(?:we|they|he|she|it|system|software|program|app|till|supplier|vendor|tool|scale|scanner) (?:\w+ )?(?:gets?|have|has|keeps?|saves?|writes?|exports?|delivers?|stores?|produces?|sends?|gives?|leaves?|comes?)\b|\b(?:is|are|was|were) (?:\w+ )?(?:kept|stored|exported|saved|delivered|sent|written|given)\b)[^.!?\n]*$/,
  ],
];
const after: readonly (readonly [sign: string, pattern: RegExp])[] = [
  ['file', /^s? ?(?:files?|lists?|feeds?|catalogu?e|dumps?|data|export|document|logs?)\b/],
  ['output', /^ ?(?:output|report|result|download|table|format|version|again)\b/],
  ['goes on', /^[^.!?\n]{0,60}\b(?:to|into|->|=>|→|as|become|becomes)\b/],
  ['ends', /^s?(?: files?)? ?(?:[.!?\n]|$)/],
  ['for', /^s?(?: files?)? (?:for|which|that|so|because|as|since)\b/],
  ['of', /^s?(?: files?)? (?:of|with|from|about|containing)\b/],
];

const verbs =
  /\b(?:(?<made>export|exporting|write|save|saved as|produce|generate|output|outputs|create|make|give me|give|deliver|return|provide|put|store|dump|emit|build|convert|turn|transform|wants?|needs?|demands?|requires?|print|becomes?|end up|get me|prepare|expects?|takes only|eats only|only eats|delivered as|come out|comes out)|(?<taken>reads?|reading|loads?|imports?|parses?|ingests?|opens?|take|process|check|validate|clean|accepts?|look|looks|merge|join|combine|compare|filter|dedupe|describe|profile|analy[sz]e|count|search|find|remove|go through|throw|drop|receives?|comes?|arrives?|arriving|lies?|kept|stored|exported|saved|delivered|sent|written|given|gets?|have|has|hold|holds|inherited|contains?|is|are)|(?<told>(?:we|they|he|she|it|system|software|program|app|till|supplier|vendor|tool|scale|scanner)s? (?:\w+ )?(?:gets?|has|have|keeps?|saves?|writes?|exports?|delivers?|stores?|produces?|sends?|gives?|leaves?|spits? out|drops?)))\b/g;

const lastEnd = (text: string): number => Math.max(...['. ', '! ', '? ', '\n'].map((end) => text.lastIndexOf(end))) + 1;

/** The verb nearest before it, and whether another stands between clauses. */
function nearestVerb(sentence: string): string[] {
  const last = [...sentence.matchAll(verbs)].at(-1);
  if (last === undefined) return ['no verb before'];
  const kind = last.groups?.['made'] !== undefined ? 'made' : last.groups?.['told'] !== undefined ? 'told' : 'taken';
  const between = sentence.slice(last.index + last[0].length);
  return [
    `nearest ${kind}`,
    ...(/[,;:()]/.test(between) ? [] : [`nearest ${kind}, same clause`]),
    ...(/^ (?:\w+ ){0,3}(?:as|to|into|in) (?:\w+ )?\.?$/.test(between) ? [`nearest ${kind}, with as`] : []),
    ...(/^ (?:\w+ )?\.?$/.test(between) ? [`nearest ${kind}, at once`] : []),
  ];
}

/** The signs around one mention; `before …` looks back within the clause, `sentence …` within the sentence. */
export function signsAround({ text, places, words }: Tokens, start: number, end: number): string[] {
  const from = places[start] ?? 0;
  const to = (places[end] ?? 0) + (words[end] ?? '').length;
  const lead = text.slice(Math.max(0, from - 40), from);
  const sentence = text.slice(Math.max(0, from - 120), from);
  const tail = text.slice(to, to + 70);
  return [
    ...before.filter(([, pattern]) => pattern.test(lead)).map(([sign]) => sign),
    ...sentenceBefore.filter(([, pattern]) => pattern.test(sentence)).map(([sign]) => sign),
    ...nearestVerb(sentence.slice(lastEnd(sentence))),
    ...after.filter(([, pattern]) => pattern.test(tail)).map(([sign]) => sign),
  ];
}
