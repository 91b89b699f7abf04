import type { Analysis, Limits, RecipeTool, Request } from '../../spec/index.ts';

type Risk = Analysis['risks'][number];

const personal =
  /\b(customers?|patients?|e-?mails?|phone|address(?:es)?|birthdays?|names?|salar(?:y|ies)|employees?|members?|iban|passport|medical|students?|contacts?|leads)\b/i;

/** What can go wrong with this work, each with what is done about it; read from what the tools touch. */
export function judgeRisks(
  request: Request,
  tools: readonly RecipeTool[],
  words: string,
  uncovered: readonly string[],
): Risk[] {
  const annotations = [...tools, ...request.tools].map((tool) => tool.annotations);
  const risks: Risk[] = [];
  const add = (risk: string, mitigation: string): void => void risks.push({ risk, mitigation });
  if (annotations.some((tool) => tool.openWorldHint))
    add(
      'The other system is slow, down, or refuses calls.',
      'Calls are retried with backoff, Retry-After is obeyed, and the rate is kept below the limit.',
    );
  if (tools.some((tool) => tool.uses.includes('secret')))
    add(
      'Credentials expire, are refused or leak.',
      'They are stored encrypted, handed to the server only, never logged; refusals are reported with the variable to check.',
    );
  if (annotations.some((tool) => tool.destructiveHint))
    add(
      'Data is overwritten or deleted by mistake.',
      'Such tools are marked destructive so that clients ask first; try them on a copy.',
    );
  if (tools.some((tool) => tool.uses.includes('folders')))
    add(
      'Files are faulty, larger than expected, or in another encoding.',
      'Rows that cannot be read are reported with their number; sizes are bounded; encodings are detected.',
    );
  const person = personal.exec(words)?.[0];
  if (person !== undefined)
    add(
      `Personal data (“${person}”) passes through.`,
      'It stays in the server’s workspace on this machine; tools answer with short previews.',
    );
  if (uncovered.length > 0)
    add(
      `${uncovered.length === 1 ? 'One part has' : `${uncovered.length} parts have`} no recipe.`,
      'Supply code for it in a form, or let the calling agent write it; the build does not succeed before.',
    );
  if (risks.length === 0)
    add('Wrong or unexpected arguments.', 'Inputs are checked against their schemas; errors say what to do.');
  return risks;
}

/** Where the work will be slowest. */
export function judgeBottlenecks(limits: Limits, tools: readonly RecipeTool[]): string[] {
  const found: string[] = [];
  if (limits.calls !== undefined) {
    const minutes = Math.ceil((10_000 / limits.calls.count) * (limits.calls.seconds / 60));
    found.push(
      `At ${limits.calls.count} calls in ${limits.calls.seconds} seconds, 10,000 single calls take ${minutes} minutes; lists are fetched page by page.`,
    );
  } else if (tools.some((tool) => tool.annotations.openWorldHint))
    found.push('Round trips to the other system; lists are fetched page by page.');
  if (tools.some((tool) => tool.uses.includes('folders')))
    found.push('Reading and writing large files; they are streamed where the format allows it.');
  if (limits.maxSeconds !== undefined && limits.maxInputBytes !== undefined) {
    found.push(
      `${Math.round(limits.maxInputBytes / 1024 / 1024)} MB have to be through in ${limits.maxSeconds} seconds.`,
    );
  }
  return found;
}
