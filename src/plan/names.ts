import type { Analysis, Request } from '../spec/index.ts';
import { kebabCase, words } from '../util/index.ts';

/** Words that say how, not what about. */
const empty = new Set(
  'a an the this that my our your their his her its all each every any some new old cleaned clean raw more other external input output test training user given standardized csv tsv json jsonl ndjson xml excel sqlite sql api rest http data file files record records text texts date dates process validate transform export import read write load convert check remove merge join sync get fetch find search make list of to from with and or in into by for as on same missing duplicate duplicates invalid valid database table column row format large many several following whole full following incoming outgoing'.split(
    ' ',
  ),
);

const dataNouns =
  /\b([a-z][a-z-]{2,30})\s+(data|records?|files?|lists?|entries|readings|feeds?|catalogu?es?|databases?|exports?|responses|answers|tables?)\b/gi;

/** A name a person would choose: `customer-data`, `crm-sync`, `hash-calculator`. */
export function chooseName(request: Request, analysis: Analysis, toolNames: readonly string[]): string {
  if (request.name !== undefined) return request.name;
  const subject = analysis.matches.find((match) => match.subject !== undefined)?.subject;
  const syncs = analysis.matches.some((match) => match.tool === 'sync_manager');
  if (subject !== undefined) return valid(`${subject}-${syncs ? 'sync' : 'client'}`);
  const text = [request.intent, ...request.requirements].join('. ');
  const noun =
    analysis.taskType === 'data_processing'
      ? [...text.matchAll(dataNouns)].map((match) => (match[1] ?? '').toLowerCase()).find((word) => !empty.has(word))
      : undefined;
  if (noun !== undefined) return valid(`${singular(noun)}-data`);
  const named = toolNames[0] ?? words(text).find((word) => word.length > 3 && !empty.has(word));
  return valid(named ?? request.taskId ?? 'server');
}

const singular = (word: string): string =>
  /[^s]s$/.test(word) && word.length > 3 ? word.replace(/ies$/, 'y').replace(/s$/, '') : word;

function valid(text: string): string {
  const name = kebabCase(text).slice(0, 63).replace(/-+$/, '');
  return /^[a-z]/.test(name) ? name : `server-${name}`.replace(/-+$/, '');
}

const filler = new Set(
  'the a an to of in on for with and or by from into every each all we i it is are be must should please need want when if that which who our my your its their then'.split(
    ' ',
  ),
);

/** A snake_case tool name out of plain words: `Send an SMS to the owner` → `send_sms_owner`. */
export function toolNameOf(need: string, taken: ReadonlySet<string>): string {
  const quoted = /“([^”]+)”/.exec(need)?.[1];
  const chosen = words(quoted !== undefined && words(quoted).length > 1 ? quoted : need)
    .filter((word) => !filler.has(word))
    .slice(0, 4);
  const base =
    chosen
      .join('_')
      .replace(/^[^a-z]+/, '')
      .slice(0, 56)
      .replace(/_+$/, '') || 'pending_tool';
  let name = base;
  for (let count = 2; taken.has(name); count += 1) name = `${base}_${count}`;
  return name;
}
