import { writeFileSync } from 'node:fs';
import { chanceOf, fitLogistic } from './regression.ts';
import { taskTypes } from '../../src/spec/index.ts';
import type { Signs } from './regression.ts';

interface Typed {
  readonly id: string;
  readonly taskType: string;
  readonly signs: Signs;
}

/** Fits one regression a kind of work, the strongest wins; prints what cross-validation gives, writes the table when told. */
export function fitTypes(examples: readonly Typed[], plain: readonly Typed[], flags: readonly string[]): void {
  const penalty = Number(flags.find((flag) => flag.startsWith('--type-penalty='))?.slice(15) ?? 1);
  const names = [...new Set([...examples, ...plain].flatMap(({ signs }) => Object.keys(signs)))];
  const place = new Map(names.map((name, at) => [name, at]));
  const fit = (training: readonly Typed[]): Map<string, Float64Array> =>
    new Map(
      taskTypes.map((type) => [
        type,
        fitLogistic(
          [...training, ...plain].map(({ taskType, signs }) => ({ yes: taskType === type, views: [signs] })),
          place,
          penalty,
        ),
      ]),
    );
  const pick = (weights: ReadonlyMap<string, Float64Array>, signs: Signs): string =>
    [...weights]
      .map(([type, own]) => ({ type, odds: chanceOf(own, place, [signs]) }))
      .toSorted((a, b) => b.odds - a.odds)[0]?.type ?? '';
  const wrong = new Map<string, number>();
  let right = 0;
  for (const fold of [0, 1, 2, 3, 4, 5, 6, 7]) {
    const weights = fit(examples.filter((_, at) => (at * 7919) % 8 !== fold));
    for (const { id, taskType, signs } of examples.filter((_, at) => (at * 7919) % 8 === fold)) {
      const found = pick(weights, signs);
      right += Number(found === taskType);
      if (found !== taskType) wrong.set(`${taskType} → ${found}`, (wrong.get(`${taskType} → ${found}`) ?? 0) + 1);
      if (found !== taskType && flags.includes('--errors')) console.log(id, `TYPE ${taskType} → ${found}`);
    }
  }
  console.log(`task type, held out: ${((100 * right) / examples.length).toFixed(1)} %, ${names.length} signs`);
  if (flags.includes('--types')) console.log(Object.fromEntries(wrong));
  if (flags.includes('--write')) write(names, fit(examples));
}

/** One line a sign, with its weights in the order of the task types. */
function write(names: readonly string[], weights: ReadonlyMap<string, Float64Array>): void {
  const lines = names.map((name, at) => {
    const own = taskTypes.map((type) => Math.round((weights.get(type)?.[at] ?? 0) * 100) / 100);
    return `  ${/^[a-z_]+$/i.test(name) ? name : `'${name}'`}: [${own.join(', ')}],`;
  });
  writeFileSync(
    new URL('../../src/analyze/weigh/type-weights.ts', import.meta.url),
    `/**
 * Weights of each sign in favour of the kinds of work, in the order of \`taskTypes\`, in logits.
 * Made by \`node bench/analysis/fit.ts dev --write\` from the development requests.
 */
export const typeWeights: Readonly<Record<string, readonly number[]>> = {
${lines.toSorted().join('\n')}
};
`,
  );
}
