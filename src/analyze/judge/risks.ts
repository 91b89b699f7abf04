import type { Analysis, Annotations, Limits, RecipeTool } from '../../spec/index.ts';

type Risk = Analysis['risks'][number];
type Reasons = Analysis['reasons'];

/** A wanted tool, and how to speak of it: its name with the words that called for it. */
export interface Wanted {
  readonly called: string;
  readonly annotations: Annotations;
  readonly uses: RecipeTool['uses'];
}

/** Names that a reason lists; an API brings hundreds of tools. */
const mostNames = 10;

const namesOf = (tools: readonly Wanted[]): string => {
  const names = tools.slice(0, mostNames).map(({ called }) => called);
  return [...names, ...(tools.length > mostNames ? [`${tools.length - mostNames} more`] : [])].join(', ');
};

const personal =
  /\b(customers?|patients?|e-?mails?|phone|address(?:es)?|birthdays?|names?|salar(?:y|ies)|employees?|members?|iban|passport|medical|students?|contacts?|leads)\b/i;

/** What can go wrong with this work, each with what is done about it and why; read from what the tools touch. */
export function judgeRisks(
  tools: readonly Wanted[],
  words: string,
  uncovered: readonly string[],
): { risks: Risk[]; reasons: Reasons } {
  const risks: Risk[] = [];
  const reasons: Reasons = [];
  const add = (risk: string, mitigation: string, because: string): void => {
    risks.push({ risk, mitigation });
    reasons.push({ about: `risk ${risks.length}`, because });
  };
  const addFor = (which: (tool: Wanted) => boolean, does: string, risk: string, mitigation: string): void => {
    const found = tools.filter(which);
    if (found.length > 0) add(risk, mitigation, `${does}: ${namesOf(found)}`);
  };
  addFor(
    ({ annotations }) => annotations.openWorldHint,
    'calls another system',
    'The other system is slow, down, or refuses calls.',
    'Calls are retried with backoff, Retry-After is obeyed, and the rate is kept below the limit.',
  );
  addFor(
    ({ uses }) => uses.includes('secret'),
    'signs in',
    'Credentials expire, are refused or leak.',
    'They are stored encrypted, handed to the server only, never logged; refusals are reported with the variable to check.',
  );
  addFor(
    ({ annotations }) => annotations.destructiveHint,
    'may overwrite or delete',
    'Data is overwritten or deleted by mistake.',
    'Such tools are marked destructive so that clients ask first; try them on a copy.',
  );
  addFor(
    readsFiles,
    'reads files',
    'Files are faulty, larger than expected, or in another encoding.',
    'Rows that cannot be read are reported with their number; sizes are bounded; encodings are detected.',
  );
  const person = personal.exec(words)?.[0];
  if (person !== undefined)
    add(
      `Personal data (“${person}”) passes through.`,
      'It stays in the server’s workspace on this machine; tools answer with short previews.',
      `“${person}”`,
    );
  if (uncovered.length > 0)
    add(
      `${uncovered.length === 1 ? 'One part has' : `${uncovered.length} parts have`} no recipe.`,
      'Supply code for it in a form, or let the calling agent write it; the build does not succeed before.',
      `nothing found for: ${uncovered.join('; ')}`,
    );
  if (risks.length === 0)
    add(
      'Wrong or unexpected arguments.',
      'Inputs are checked against their schemas; errors say what to do.',
      'no tool touches files, other systems or credentials',
    );
  return { risks, reasons };
}

/** Tools that call other systems keep files too, but of their own making. */
const readsFiles = ({ annotations, uses }: Wanted): boolean => uses.includes('folders') && !annotations.openWorldHint;

/** Where the work will be slowest, and why. */
export function judgeBottlenecks(
  limits: Limits,
  tools: readonly Wanted[],
): { bottlenecks: string[]; reasons: Reasons } {
  const bottlenecks: string[] = [];
  const reasons: Reasons = [];
  const add = (bottleneck: string, because: string): void => {
    bottlenecks.push(bottleneck);
    reasons.push({ about: `bottleneck ${bottlenecks.length}`, because });
  };
  const remote = tools.filter(({ annotations }) => annotations.openWorldHint);
  const files = tools.filter(readsFiles);
  if (limits.calls !== undefined) {
    const { count, seconds } = limits.calls;
    const minutes = Math.ceil((10_000 / count) * (seconds / 60));
    add(
      `At ${count} calls in ${seconds} seconds, 10,000 single calls take ${minutes} minutes; lists are fetched page by page.`,
      'the limit of calls',
    );
  } else if (remote.length > 0)
    add('Round trips to the other system; lists are fetched page by page.', `calls another system: ${namesOf(remote)}`);
  if (files.length > 0)
    add(
      'Reading and writing large files; they are streamed where the format allows it.',
      `reads files: ${namesOf(files)}`,
    );
  if (limits.maxSeconds !== undefined && limits.maxInputBytes !== undefined)
    add(
      `${Math.round(limits.maxInputBytes / 1024 / 1024)} MB have to be through in ${limits.maxSeconds} seconds.`,
      'the limits of input size and time together',
    );
  return { bottlenecks, reasons };
}
