import type { CrafterError } from '../errors.ts';
import type { Analysis, Plan, Report } from '../spec/index.ts';
import { cut } from '../util/index.ts';
import { toolWords } from './tool-words.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * An operation's result as an agent needs it: a report says what failed and not the dozens of things that are well,
 * a plan leaves out the schemas, and our own words name tools in place of commands.
 */
export function agentAnswer(operation: string, result: Fields): Fields {
  const { report, message, notes, error, changes, ...rest } = result;
  return {
    ...(operation === 'plan_server' ? briefPlan(rest as unknown as { analysis: Analysis; plan: Plan }) : rest),
    ...('tools_in_full' in rest ? { tools_in_full: briefTools(rest['tools_in_full'] as Fields[]) } : {}),
    ...(typeof message === 'string' ? { message: toolWords(message) } : {}),
    ...(Array.isArray(notes) ? { notes: notes.map((note) => toolWords(String(note))) } : {}),
    ...(changes === undefined ? {} : { changes: briefChanges(changes as Changes) }),
    // The error tells what the report's failed checks tell.
    ...(report === undefined ? {} : { report: briefReport(report as Report, error !== undefined) }),
    ...(error === undefined ? {} : { error: briefError(error as CrafterError, message), ...nextAfter(operation) }),
  };
}

/** The error as an agent needs it: what, where, what to do next; each said once. */
export function errorText(error: ErrorFields): string {
  const [first] = error.problems;
  const at = first === undefined ? -1 : error.message.indexOf(first.message);
  const head = at < 0 ? error.message : error.message.slice(0, at).replace(`${first?.field}: `, '');
  const problems = error.problems.map(({ field, value, message, remedy }) => {
    const given = value === undefined || message.includes(value) ? '' : ` (given: ${value})`;
    return `- ${field}: ${sentence(`${message.replace(/\.$/, '')}${given}`)} ${firstWay(remedy)}`;
  });
  const said = error.problems.some(({ remedy }) => firstWay(remedy) === error.hint);
  const lines = [`${error.code}: ${head.trim()}`, ...problems, ...(said ? [] : [`Next: ${error.hint}`])];
  return toolWords(lines.join('\n'));
}

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

/** The first of several ways is the agent's own; the others are for people. */
const firstWay = (remedy: string): string => remedy.split(' Or: ')[0] ?? remedy;

function briefReport({ success, score, levels, checks, findings, caveats }: Report, failuresKnown: boolean): Fields {
  const failed = checks.filter(({ status }) => status === 'failed');
  const errors = failed.filter(({ severity }) => severity === 'error');
  const warnings = failed.filter(({ severity }) => severity === 'warning');
  return {
    success,
    score,
    levels: Object.fromEntries(levels.map(({ level, passed, applicable }) => [level, `${passed} of ${applicable}`])),
    ...(errors.length === 0 || failuresKnown ? {} : { failed: errors.slice(0, 20).map(checkWords) }),
    ...(findings.length === 0 || failuresKnown ? {} : { findings: findings.slice(0, 20) }),
    ...(warnings.length === 0 ? {} : { warnings: [...new Set(warnings.map(checkWords))].slice(0, 5) }),
    ...(caveats.length === 0 ? {} : { caveats }),
  };
}

type Changes = Fields & { readonly code: string };

/** Of the generated files, the tools' own; the others follow from them. */
function briefChanges({ code, ...rest }: Changes): Fields {
  const files = code.split(/^(?=--- a\/)/m).filter((file) => file.startsWith('--- a/src/tools/'));
  return { ...rest, code: files.join('') };
}

function checkWords({ check, tool, message, remedy }: Report['checks'][number]): string {
  return `${tool ?? check}: ${message}${remedy === undefined ? '' : ` ${toolWords(remedy)}`}`;
}

function briefTools(tools: readonly Fields[]): Fields[] {
  return tools.map(({ name, description, input, output }) => ({
    name,
    description,
    input,
    ...(output === undefined ? {} : { returns: Object.keys(((output as Fields)['properties'] ?? {}) as object) }),
  }));
}

function briefPlan({ analysis, plan }: { analysis: Analysis; plan: Plan }): Fields {
  const { taskType, complexity, confidence, suggestions, risks, limits, doubts, reasons } = analysis;
  const servers = plan.servers.map(({ blueprint, why }) => ({
    name: blueprint.name,
    why,
    tools: blueprint.tools.map(({ name, description, implementation }) => ({
      name,
      description,
      implementation: implementation.kind,
    })),
    order: blueprint.flow,
  }));
  const missing = plan.missing.map(({ what, ways }) => ({ what, ways: ways.slice(0, 1).map(toolWords) }));
  return {
    analysis: { taskType, complexity, confidence, suggestions, risks, limits, doubts, reasons },
    plan: {
      id: plan.id,
      servers,
      grantsNeeded: plan.grantsNeeded.map(toolWords),
      missing,
      questions: plan.questions,
    },
  };
}

type ErrorFields = Pick<CrafterError, 'code' | 'message' | 'hint' | 'problems'>;

/** What went wrong, said once: the message may stand beside it, and one fault may have several places. */
function briefError({ code, message, hint, problems }: ErrorFields, said: unknown): Fields {
  const places = new Set(
    problems.map(({ field, message: what, remedy }) => `${field}: ${oneLine(what)} ${toolWords(remedy)}`),
  );
  return {
    code,
    ...(message === said ? {} : { message }),
    ...(places.size > 0 ? { problems: [...places].slice(0, 10) } : { hint: toolWords(hint) }),
  };
}

/** A bundler draws the place over many lines; the first say what is wrong. */
const oneLine = (text: string): string => cut(text.replace(/\s+/g, ' '), 300);

function nextAfter(operation: string): Fields {
  if (operation === 'create_mcp_server')
    return { next: 'No server was made. Correct it and call create_mcp_server again.' };
  return operation === 'update_server'
    ? { next: 'No new version was made. Correct it and call update_server again.' }
    : {};
}
