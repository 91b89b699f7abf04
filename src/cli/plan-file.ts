import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { CrafterError } from '../errors.ts';

/** The plan an argument names: the content of a file when there is one of that name, else an id for the service. */
export function readPlan(word: string): unknown {
  if (statSync(word, { throwIfNoEntry: false }) === undefined) return word;
  try {
    return JSON.parse(readFileSync(word, 'utf8')) as unknown;
  } catch (error) {
    throw new CrafterError('INVALID_INPUT', `${word} is not a plan: ${(error as Error).message}`, {
      hint: 'Give the file that `mcp-crafter plan` wrote, or the id of a plan.',
    });
  }
}

/** Writes the plan where a person can edit it and says where; with `--json` only when a file was named. */
export function writePlan(planned: unknown, out: unknown, json: boolean): string {
  if (json && typeof out !== 'string') return '';
  const { plan } = planned as { plan: { id: string; servers: { blueprint: { name: string } }[] } };
  const file = typeof out === 'string' ? out : `${plan.servers[0]?.blueprint.name ?? plan.id}.plan.json`;
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(planned, null, 2)}\n`);
  renameSync(temporary, file);
  return `\n\nThe plan is in ${file}. Edit it as you like, then: mcp-crafter execute ${file}`;
}
