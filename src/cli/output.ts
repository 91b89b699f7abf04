import { styleText } from 'node:util';
import type { CrafterError } from '../errors.ts';
import type { ProgressEvent } from '../spec/index.ts';
import { plain, plainJson } from '../util/index.ts';

export { plain };

/** Where a command writes: one JSON document or text on stdout, everything else on stderr. */
export interface Output {
  readonly json: boolean;
  /** The result: `value` with `--json`, else `text`. */
  result(value: unknown, text: string): void;
  /** A remark on stderr. */
  note(text: string): void;
  progress(event: ProgressEvent): void;
  /** Clears what progress left on the line. */
  done(): void;
  error(error: CrafterError): void;
}

export function createOutput(json: boolean): Output {
  const live = process.stderr.isTTY === true;
  let last = '';
  const clear = (): void => {
    if (live && last !== '') process.stderr.write('\r\u001B[K');
  };
  const note = (text: string): void => {
    clear();
    last = '';
    process.stderr.write(`${shown(text)}\n`);
  };
  return {
    json,
    note,
    result(value, text) {
      clear();
      process.stdout.write(json ? `${plainJson(value)}\n` : `${shown(text)}\n`);
    },
    progress(event) {
      const line = `${bar(event.fraction)} ${event.stage.padEnd(8)} ${plain(event.message).replace(/\s+/g, ' ')}`;
      // A log wants one line a stage; only a terminal can show every step in place.
      const shown = live ? line : event.stage;
      if (shown === last) return;
      clear();
      last = shown;
      process.stderr.write(live ? line.slice(0, (process.stderr.columns || 80) - 1) : `${line}\n`);
    },
    done: clear,
    error(error) {
      clear();
      if (json) process.stdout.write(`${plainJson({ error: error.toJSON() })}\n`);
      process.stderr.write(`${shown(errorText(error))}\n`);
    },
  };
}

function bar(fraction: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * 10);
  return `${'█'.repeat(filled)}${'░'.repeat(10 - filled)}`;
}

/** What `style` writes; whatever else steers a terminal came from outside. */
// oxlint-disable-next-line no-control-regex -- that is how styles begin
const styles = /(\u001B\[(?:[12]|22|3[1-69])m)/;

/** A text of ours as it is shown, whatever went into it. */
export const shown = (text: string): string =>
  text
    .split(styles)
    .map((part, index) => (index % 2 === 1 ? part : plain(part)))
    .join('');

/** Words from outside within a line of ours: none of theirs passes for a line of its own. */
export const within = (text: string): string => plain(text).trimEnd().replaceAll('\n', '\n      ');

/** What happened, what exactly was wrong, what to do. */
export function errorText(error: CrafterError): string {
  const lines = [`${style('red', '✗')} ${within(error.message)}`];
  const told = error.problems.every((problem) => error.message.includes(problem.message));
  if (error.problems.length > 1 && !told) {
    for (const problem of error.problems.slice(0, 20)) {
      const value = problem.value === undefined ? '' : ` (given: ${within(problem.value)})`;
      lines.push(
        `  ${within(problem.field)}: ${within(problem.message)}${value}`,
        `    ${style('dim', within(problem.remedy))}`,
      );
    }
  }
  lines.push(`  ${style('cyan', '→')} ${within(error.hint)}`, `  ${style('dim', error.code)}`);
  return lines.join('\n');
}

/** Colours on a terminal, plain text elsewhere and under NO_COLOR. */
export function style(format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text, { stream: process.stderr });
}
