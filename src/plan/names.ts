import type { Analysis, Request } from '../spec/index.ts';
import { kebabCase, words } from '../util/index.ts';
import { subjectNouns } from './subject-nouns.ts';

/** A name a person would choose: `customer-emails`, `crm-sync`, `hash-calculator`. */
export function chooseName(request: Request, analysis: Analysis, toolNames: readonly string[]): string {
  if (request.name !== undefined) return request.name;
  const subject = analysis.matches.find((match) => match.subject !== undefined)?.subject;
  const syncs = analysis.matches.some((match) => match.tool === 'sync_manager');
  if (subject !== undefined) return valid(`${subject}-${syncs ? 'sync' : 'client'}`);
  const text = [request.intent, ...request.requirements].join('. ');
  const [first] = toolNames;
  // Outside of data work a tool says more than a noun does.
  const about = analysis.taskType === 'data_processing' || first === undefined ? subjectNouns(text) : undefined;
  return valid(about ?? first ?? request.taskId ?? 'server');
}

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
