/**
 * Fits the weights by which the analysis accepts and ranks tools, and prints what cross-validation gives.
 * `node bench/analysis/fit.ts [set …]` prints figures; with `--write` it writes weights.ts and type-weights.ts in
 * src/analyze/weigh/. Strength of the penalties: `--penalty=`, `--type-penalty=`.
 * The figures hold each request out of the fit that judges it: five parts, three different cuts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createAnalyzer } from '../../src/analyze/index.ts';
import { recipes } from '../../src/library/index.ts';
import { readRequest } from '../../src/sources/index.ts';
import { chanceOf, fitLogistic } from './regression.ts';
import type { Signs } from './regression.ts';
import { fitTypes } from './fit-type.ts';

interface Example {
  readonly id: string;
  readonly taskType: string;
  readonly wanted: readonly string[];
  readonly candidates: readonly { readonly label: string; readonly views: readonly Signs[] }[];
  readonly type: Signs;
}
interface Judged {
  readonly example: Example;
  readonly chances: readonly number[];
}

const flags = process.argv.slice(2);
const sets = flags.filter((flag) => !flag.startsWith('--'));
const penalty = Number(flags.find((flag) => flag.startsWith('--penalty='))?.slice(10) ?? 1.5);
const analyze = createAnalyzer(recipes);
const examples = (sets.length > 0 ? sets : ['dev']).flatMap(readExamples);
// Plain requests, as a manual would write them: always fitted to, never judged by.
const plain = readExamples('plain');
const names = [
  ...new Set(
    [...examples, ...plain].flatMap(({ candidates }) =>
      candidates.flatMap(({ views }) => views.flatMap((signs) => Object.keys(signs))),
    ),
  ),
];
const place = new Map(names.map((name, at) => [name, at]));

const judged: Judged[] = [1, 2, 3].flatMap((cut) =>
  [0, 1, 2, 3, 4].flatMap((fold) => {
    const held = (example: Example): boolean => partOf(example.id, cut) === fold;
    const weights = fitTools(examples.filter((example) => !held(example)));
    return examples
      .filter(held)
      .map((example) => ({ example, chances: example.candidates.map(({ views }) => chanceOf(weights, place, views)) }));
  }),
);
console.table(
  [0.5, 0.6, 0.7, 0.8, 0.84, 0.86, 0.87, 0.88, 0.89, 0.9, 0.95].map((threshold) => ({
    threshold,
    ...figures(judged, threshold),
  })),
);
const test = flags.find((flag) => flag.startsWith('--test='))?.slice(7);
if (test !== undefined) {
  const weights = fitTools(examples);
  const unseen = readExamples(test).map((example) => ({
    example,
    chances: example.candidates.map(({ views }) => chanceOf(weights, place, views)),
  }));
  console.table(
    [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95].map((threshold) => ({
      set: test,
      threshold,
      ...figures(unseen, threshold),
    })),
  );
}
const wanted = examples.reduce((sum, { wanted: tools }) => sum + tools.length, 0);
const within = examples.reduce(
  (sum, { wanted: tools, candidates }) =>
    sum + tools.filter((tool) => candidates.some(({ label }) => label === tool)).length,
  0,
);
console.log(
  `${examples.length} requests, ${names.length} signs; ${((100 * within) / wanted).toFixed(1)} % of the wanted tools are candidates`,
);
if (flags.includes('--errors')) showErrors();
const final = fitTools(examples);
if (flags.includes('--weights'))
  for (const [at, name] of names.entries()) console.log((final[at] ?? 0).toFixed(2), name);
const typesOf = (all: readonly Example[]): { id: string; taskType: string; signs: Signs }[] =>
  all.map(({ id, taskType, type }) => ({ id, taskType, signs: type }));
fitTypes(typesOf(examples), typesOf(plain), flags);
if (flags.includes('--write')) writeWeights(final);

function readExamples(set: string): Example[] {
  const lines = readFileSync(new URL(`${set}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const { id, kind, text, tools, taskType } = JSON.parse(line) as {
      id: string;
      kind: 'prompt' | 'context';
      text: string;
      tools: string[];
      taskType: string;
    };
    const signs = analyze.signs(readRequest(text, { kind }).request);
    return {
      id: `${set} ${id}`,
      taskType,
      wanted: tools,
      candidates: signs.tools.map(({ tool, views }) => ({ label: labelOf(tool), views })),
      type: signs.type,
    };
  });
}

function fitTools(training: readonly Example[]): Float64Array {
  const rows = [...training, ...plain, ...plain, ...plain].flatMap(({ wanted: tools, candidates }) =>
    candidates.map(({ label, views }) => ({ yes: tools.includes(label), views })),
  );
  return fitLogistic(rows, place, penalty);
}

function labelOf(tool: string): string {
  return tool.startsWith('{subject}') || tool === 'http_client' ? 'api_client' : tool;
}

/** A part from 0 to 4 that depends on nothing but the id and the cut. */
function partOf(id: string, cut: number): number {
  let hash = 2166136261 ^ (cut * 7919);
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  return ((hash >>> 7) ^ (hash >>> 17)) % 5;
}

function figures(all: readonly Judged[], threshold: number): Record<string, string> {
  let accepted = 0;
  let wrong = 0;
  let found = 0;
  let wished = 0;
  let none = 0;
  for (const { example, chances } of all) {
    const ranked = example.candidates
      .map(({ label }, at) => ({ label, chance: chances[at] ?? 0 }))
      .sort((a, b) => b.chance - a.chance);
    const taken = ranked.filter((one) => one.chance >= threshold);
    accepted += taken.length;
    wrong += taken.filter(({ label }) => !example.wanted.includes(label)).length;
    const top = ranked.slice(0, Math.max(5, example.wanted.length));
    found += example.wanted.filter((tool) => top.some(({ label }) => label === tool)).length;
    wished += example.wanted.length;
    none += Number(taken.length === 0 && example.wanted.length > 0);
  }
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return {
    wrong: percent(wrong / accepted),
    'accepted recall': percent((accepted - wrong) / wished),
    'recall@5': percent(found / wished),
    'nothing taken': percent(none / all.length),
  };
}

function showErrors(): void {
  const last = judged.slice(0, examples.length);
  for (const { example, chances } of last) {
    const wrong = example.candidates.flatMap(({ label }, at) =>
      (chances[at] ?? 0) >= 0.8 && !example.wanted.includes(label)
        ? [`WRONG ${label} ${(chances[at] ?? 0).toFixed(2)}`]
        : [],
    );
    const missed = example.wanted.flatMap((tool) => {
      const at = example.candidates.findIndex(({ label }) => label === tool);
      return at < 0
        ? [`NONE ${tool}`]
        : (chances[at] ?? 0) < 0.8
          ? [`low ${tool} ${(chances[at] ?? 0).toFixed(2)}`]
          : [];
    });
    if (wrong.length + missed.length > 0) console.log(example.id, [...wrong, ...missed].join('; '));
  }
}

/** Several signs a line, in the order of the alphabet. */
function writeWeights(weights: Float64Array): void {
  const entries = names
    .map((name, at) => [name, Math.round((weights[at] ?? 0) * 100) / 100] as const)
    .filter(([, weight]) => weight !== 0)
    .map(([name, weight]) => `${/^[a-z]+$/i.test(name) ? name : `'${name}'`}: ${weight}`)
    .toSorted();
  const lines: string[] = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + entry.length < 114) lines[lines.length - 1] = `${last} ${entry},`;
    else lines.push(`  ${entry},`);
  }
  const text = `/**
 * Weight of each sign in favour of a tool, in logits. Made by \`node bench/analysis/fit.ts dev --write\` from the
 * development requests; to be made again whenever rules, cues or vocabularies change.
 */
// oxfmt-ignore
export const weights: Readonly<Record<string, number>> = {
${lines.join('\n')}
};
`;
  writeFileSync(new URL('../../src/analyze/weigh/weights.ts', import.meta.url), text);
}
