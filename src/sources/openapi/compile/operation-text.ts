import { cut, sentenceCase } from '../../../util/index.ts';
import { own, text } from './json.ts';
import type { JsonObject } from './json.ts';
import { essence } from './media.ts';
import type { CompiledResponse } from './responses.ts';
import { compact, inWords, isPoisoned } from './text.ts';
import type { Context, Place } from './types.ts';

/** Longest description of a tool, in characters. */
const longest = 300;

/** Title and description of an operation: what it does, what comes back, whether it is deprecated. */
export function wordsOf(
  context: Context,
  { value, where }: Place,
  {
    name,
    pathItem,
    response,
    reads,
  }: { name: string; pathItem: JsonObject; response: CompiledResponse; reads: boolean },
): { title: string; description: string } {
  for (const key of ['summary', 'description'])
    if (isPoisoned(text(own(value, key))))
      context.remark({
        where: `${where}/${key}`,
        what: 'Words that are hidden, or that tell a model what to do, are not shown.',
        action: 'left_out',
      });
  const summary = compact(text(own(value, 'summary')) || text(own(pathItem, 'summary')), 120);
  const long = compact(text(own(value, 'description')) || text(own(pathItem, 'description')), longest);
  const facts = [reads ? 'Only reads.' : '', value['deprecated'] === true ? 'Deprecated.' : ''];
  const back = backOf(response);
  const room = longest - [back, ...facts].join(' ').length - 1;
  const isAside = summary === '' && /^(?:note|warning|important|caution|deprecated|beta|required)\b/i.test(long);
  const what = joined(isAside ? inWords(name) : summary, long, room) || `${inWords(name)}.`;
  const end = [/\breturns?\b/i.test(what) ? '' : back, ...facts].filter(Boolean).join(' ');
  const titled = summary.replace(/[.…]$/, '');
  return {
    title: sentenceCase(titled !== '' && titled.length <= 80 ? titled : inWords(name)),
    description: sentenceCase(`${ended(what)} ${end}`.trim()),
  };
}

/** The summary and what the description adds to it, in whole sentences. */
function joined(summary: string, long: string, room: number): string {
  const bare = (words: string): string => words.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  if (summary === '') return compact(long, room);
  if (long === '' || bare(summary).startsWith(bare(long))) return cut(summary, room);
  if (bare(long).startsWith(bare(summary))) return compact(long, room);
  const left = room - summary.length - 2;
  const more = left < 40 ? '' : compact(withoutEcho(long, summary), left);
  return more.endsWith('…') && more.length < 60 ? cut(summary, room) : `${ended(summary)} ${more}`.trim();
}

/** Without a first sentence that says the summary once more: `List pets. Lists all pets.` */
function withoutEcho(long: string, summary: string): string {
  const stems = (words: string): string[] =>
    words
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .map((word) => word.replace(/(?:es|s|ed|d)$/, ''))
      .filter((word) => word.length > 0 && !/^(?:a|an|the|all|of|for|to)$/.test(word));
  const first = /^[\s\S]*?[.!?](?=\s|$)/.exec(long)?.[0] ?? long;
  const said = new Set(stems(summary));
  return stems(first).every((stem) => said.has(stem)) ? long.slice(first.length).trim() : long;
}

function backOf({ description, output, accept }: CompiledResponse): string {
  const said = compact(description, 80).replace(/[.…]+$/, '');
  if (said !== '' && !plainly.test(said) && !/…/.test(said))
    return /^returns?\b/i.test(said) ? `${said.charAt(0).toUpperCase()}${said.slice(1)}.` : `Returns: ${said}.`;
  if (output !== undefined) return 'Returns JSON.';
  const type = accept[0];
  return type === undefined || type.includes('*') ? 'Returns the status.' : `Returns ${essence(type)}.`;
}

/** Words that say no more than that the call went well. */
const plainly =
  /success|^(?:ok\b.*|(?:default |the |expected )?response(?: body)?|created|accepted|done|deleted|updated|no errors?|none|empty|null|\d{3}\b.*|.*\bno content\b.*|.*\bHTTP\b.*|n\/?a)$/i;

const ended = (words: string): string => (/[.!?…。！？]$/.test(words) ? words : `${words.replace(/[\s,;:]+$/, '')}.`);
