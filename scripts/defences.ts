import { join } from 'node:path';
import { showRows, type Row } from '../bench/row.ts';
import { wantedOf, type Defence } from '../test/defences/define.ts';
import { listDefences } from '../test/defences/list.ts';
import { openTrial, type Outcome, type Trial } from '../test/support/defence-trial.ts';

/**
 * Takes each defence of test/defences/ out of a copy of the tree and demands that its tests fail there, by an assertion
 * of theirs: `npm run defences`. Words choose by area or by part of a promise.
 */
const words = process.argv.slice(2);
const chosen = (await listDefences()).flatMap(({ name, defences }) =>
  defences.filter(({ promise }) => words.length === 0 || words.some((word) => word === name || promise.includes(word))),
);
if (chosen.length === 0) throw new Error(`No defence is called by ${words.join(' ')}.`);

/** The defences of one test file: its tests pass as the tree is, and fail without the defence. */
function tryFile(trial: Trial, tests: string, defences: readonly Defence[]): Row[] {
  const parts = [...new Set(defences.flatMap(wantedOf))];
  const sound = trial.run(tests, parts);
  const broken = parts.filter((part) => !of(sound, part).some(({ status }) => status === 'passed'));
  show(sound.filter(({ status }) => status === 'failed'));
  if (broken.length > 0) throw new Error(`${tests} does not pass as it is: ${broken.join(', ')}`);
  return defences.map((defence) => tryDefence(trial, defence));
}

function tryDefence(trial: Trial, defence: Defence): Row {
  process.stderr.write(`\n${defence.promise}\n`);
  const wanted = wantedOf(defence);
  const began = performance.now();
  const outcomes = attempt(() => trial.run(defence.tests, wanted, defence));
  const seen = wanted.filter((part) => of(outcomes, part).some((outcome) => fails(outcome)));
  show(outcomes);
  return {
    what: defence.promise,
    value: seen.length,
    unit: `of ${wanted.length} seen failing`,
    least: wanted.length,
    how: `${defence.tests}, ${((performance.now() - began) / 1000).toFixed(0)} s`,
  };
}

function show(outcomes: readonly Outcome[]): void {
  for (const { title, status, failureMessages } of outcomes.filter(
    ({ status: is }) => is === 'passed' || is === 'failed',
  ))
    process.stderr.write(`  ${status}: ${title.slice(0, 120)}  ${failureMessages[0]?.slice(0, 300) ?? ''}\n`);
}

function attempt(run: () => readonly Outcome[]): readonly Outcome[] {
  try {
    return run();
  } catch (error) {
    process.stderr.write(`  ${String(error)}\n`);
    return [];
  }
}

const of = (outcomes: readonly Outcome[], part: string): readonly Outcome[] =>
  outcomes.filter(({ title }) => title.includes(part));

/** By an assertion, also of `expect.poll` and `rejects`. A test that stumbles, or for which nothing answers any more, shows nothing. */
function fails({ status, failureMessages }: Outcome): boolean {
  return (
    status === 'failed' &&
    failureMessages.some((message) => /^(?:AssertionError|Error: (?:expected|promise) )/.test(message))
  );
}

const trial = openTrial(join(import.meta.dirname, '..'));
try {
  const files = [...new Set(chosen.map(({ tests }) => tests))];
  const rows = files.flatMap((tests) =>
    tryFile(
      trial,
      tests,
      chosen.filter((defence) => defence.tests === tests),
    ),
  );
  process.exitCode = showRows(rows) ? 0 : 1;
} finally {
  trial.close();
}
