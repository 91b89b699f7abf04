import { CrafterError } from '../errors.ts';
import type { CommandManifest } from './manifest.ts';
import type { Output } from './output.ts';

/** Whether a person can be asked: a terminal on both sides, and no program reading JSON. */
function canAsk(output: Output): boolean {
  return !output.json && process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Puts the open questions to the person and adds the answers to the request. Elsewhere the error stands. */
export async function askQuestions(input: Record<string, unknown>, error: CrafterError, output: Output): Promise<Record<string, unknown>> {
  if (!canAsk(output) || (input.prompt === undefined && input.document !== undefined)) throw error;
  const { text, isCancel } = await import('@clack/prompts');
  const answers: string[] = [];
  for (const problem of error.problems) {
    const answer = await text({ message: problem.message });
    if (isCancel(answer)) throw cancelled();
    if (answer.trim() !== '') answers.push(answer.trim());
  }
  if (answers.length === 0) throw error;
  return { ...input, prompt: [input.prompt, ...answers].filter((part) => part !== undefined).join('\n') };
}

/** Asks before something is removed for good; without a terminal `--yes` is needed nowhere, since scripts mean it. */
export async function confirmDanger(manifest: CommandManifest, input: Record<string, unknown>, output: Output): Promise<void> {
  if (manifest.operation !== 'delete_server' || !canAsk(output)) return;
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: `Delete ${String(input.server)} with its project, its data and its secrets?`, initialValue: false });
  if (isCancel(answer) || !answer) throw cancelled();
}

function cancelled(): CrafterError {
  return new CrafterError('CANCELLED', 'Stopped; nothing was changed.', { hint: 'Run the command again when you are ready.' });
}
