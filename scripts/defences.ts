import { join } from 'node:path';
import { showRows, type Row } from '../bench/row.ts';
import { wantedOf, type Defence } from '../test/defences/define.ts';
import { listDefences } from '../test/defences/list.ts';
import { openTrial, type Outcome, type Trial } from '../test/support/defence-trial.ts';

/**
 * Takes each defence of test/defences/ out of a copy of the tree and demands that its tests fail there, by an assertion
 * of theirs: `npm run defences`. Words choose by the beginning of a file's name there or by part of a promise.
 */
const words = process.argv.slice(2);
const areas = await listDefences();
const choose = (word: string): readonly Defence[] => {
  const named = areas.filter(({ name }) => name.startsWith(word));
  const all = (named.length > 0 ? named : areas).flatMap(({ defences }) => defences);
  return named.length > 0 ? all : all.filter(({ promise }) => promise.includes(word));
};
const chosen = [...new Set(words.length === 0 ? choose('') : words.flatMap(choose))];
if (chosen.length === 0) throw new Error(`No defence is called by ${words.join(' ')}.`);

/** The defences of one test file: its tests pass as the tree is, and fail without the defence. */
function tryFile(trial: Trial, tests: string, defences: readonly Defence[]): Row[] {
  process.stderr.write(`\n── ${tests} ──\n`);
  const parts = defences.flatMap((defence) => [...wantedOf(defence), ...(defence.along ?? [])]);
  const sound = attempt(() => trial.run(tests, [...new Set(parts)]));
  show(sound.filter(({ status }) => status === 'failed'));
  return defences.map((defence) => {
    const broken = wantedOf(defence).filter((part) => !of(sound, part).some(({ status }) => status === 'passed'));
    return broken.length === 0
      ? tryDefence(trial, defence)
      : row(defence, 0, `does not pass as it is: ${broken.join(', ')}`);
  });
}

function tryDefence(trial: Trial, defence: Defence): Row {
  process.stderr.write(`${defence.promise}\n`);
  const wanted = wantedOf(defence);
  const began = performance.now();
  const outcomes = attempt(() => trial.run(defence.tests, [...wanted, ...(defence.along ?? [])], defence));
  show(outcomes);
  const seen = wanted.filter((part) => of(outcomes, part).some(fails)).length;
  return row(defence, seen, `${((performance.now() - began) / 1000).toFixed(0)} s`);
}

function row(defence: Defence, seen: number, how: string): Row {
  const least = wantedOf(defence).length;
  return {
    what: defence.promise,
    value: seen,
    unit: `of ${least} seen failing`,
    least,
    how: `${defence.tests}, ${how}`,
  };
}

function show(outcomes: readonly Outcome[]): void {
  for (const { title, status, failureMessages } of outcomes) {
    if (status !== 'passed' && status !== 'failed') continue;
    const words = failureMessages[0] ?? '';
    const told = words.slice(Math.max(0, words.indexOf('expected '))).replaceAll(/\s+/g, ' ');
    process.stderr.write(`  ${status}: ${title.slice(-100)}  ${told.slice(0, 300)}\n`);
  }
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

/** By an assertion, or by a property that does not hold. A test that stumbles, or waits in vain, shows nothing. */
function fails({ status, failureMessages }: Outcome): boolean {
  return (
    status === 'failed' &&
    failureMessages.some((message) =>
      /^(AssertionError|Error: (expected|promise (rejected|resolved)|Property failed) )/.test(message),
    )
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
