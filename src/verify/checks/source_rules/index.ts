import { extname } from 'node:path';
import { defineCheck, type CheckOutcome, type Finding } from '../../../spec/index.ts';
import { sha256 } from '../../../util/index.ts';
import { toolOfFile } from '../tool-of-file.ts';
import { sourceRules, type SourceRule } from './rules.ts';

const readable = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** Most findings of one rule told for one file. */
const perRule = 5;

export const sourceRulesCheck = defineCheck({
  name: 'source_rules',
  level: 'security',
  summary: 'Source code holds no injection, unsafe reading, weak randomness, switched-off TLS or prototype pollution.',
  applies: () => true,
  async run(context): Promise<CheckOutcome> {
    const sources = [...(await context.sources())].filter(([file]) => readable.test(file));
    const findings: Finding[] = [];
    for (const [file, text] of sources) findings.push(...(await scanSource(file, text)));
    return { findings };
  },
});

/** Texts in which no rule found anything, by digest: most files of one server are those of the next. */
const clean = new Set<string>();
const mostClean = 2000;

/** Findings of all rules in one TypeScript or JavaScript file. */
export async function scanSource(file: string, text: string): Promise<Finding[]> {
  const key = sha256(`${extname(file)}\0${text}`);
  if (clean.has(key)) return [];
  const found = await scan(file, text);
  if (clean.size >= mostClean) clean.clear();
  if (found.length === 0) clean.add(key);
  return found;
}

async function scan(file: string, text: string): Promise<Finding[]> {
  const rules = sourceRules().filter((rule) => (rule.mentions?.test(text) ?? true) && !rule.absent?.test(text));
  if (rules.length === 0) return [];
  const { Lang, parse } = await import('@ast-grep/napi');
  const root = parse(file.endsWith('x') ? Lang.Tsx : Lang.TypeScript, text).root();
  return rules.flatMap((rule) => {
    const lines = new Set(root.findAll(rule.matcher).map((node) => node.range().start.line + 1));
    return [...lines].slice(0, perRule).map((line) => finding(rule, file, line));
  });
}

function finding(rule: SourceRule, file: string, line: number): Finding {
  const { type, severity, message, suggestion } = rule;
  return { type, severity, file, line, ...toolOfFile(file), message, suggestion };
}
