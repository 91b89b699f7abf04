/**
 * Measures the analysis on labelled requests. Without a set: rows of blind.jsonl, the reported figure, and of speed.
 * While working: `node bench/analysis/run.ts dev|check [--misses]` prints tables; dev is what the rules were written with,
 * of check only the totals are read, and seldom.
 */
import { existsSync, readFileSync } from 'node:fs';
import MiniSearch from 'minisearch';
import { stemmer } from 'stemmer';
import { createAnalyzer } from '../../src/analyze/index.ts';
import type { Analyzer } from '../../src/analyze/index.ts';
import { showRows } from '../row.ts';
import type { Row } from '../row.ts';
import { recipes } from '../../src/library/index.ts';
import { readRequest } from '../../src/sources/index.ts';
import type { Analysis } from '../../src/spec/index.ts';

interface Labelled {
  readonly id: string;
  readonly kind: 'prompt' | 'context';
  readonly text: string;
  readonly taskType: string;
  readonly tools: readonly string[];
  readonly uncovered: boolean;
  readonly vague: boolean;
}

interface Scores {
  readonly set: string;
  readonly requests: number;
  readonly taskType: number;
  readonly recallAt5: number;
  readonly recallOfAccepted: number;
  readonly wrongAccepted: number;
  readonly uncovered: number;
  readonly vague: number;
}

const flags = process.argv.slice(2);
const analyze = createAnalyzer(recipes);
const named = flags.filter((flag) => !flag.startsWith('--'));
const sets = named.length > 0 ? named : ['blind'];
const scores = sets.flatMap((set) => {
  const file = new URL(`${set}.jsonl`, import.meta.url);
  return existsSync(file)
    ? [
        score(
          set,
          readFileSync(file, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Labelled),
        ),
      ]
    : [];
});
const speed = measureSpeed(analyze);
if (named.length === 0) process.exitCode = showRows(rowsOf(scores, speed)) ? 0 : 1;
else {
  console.table(
    scores.map(({ set, requests, ...shares }) => ({
      set,
      requests,
      ...Object.fromEntries(
        Object.entries(shares).map(([name, share]) => [name, `${(Number(share) * 100).toFixed(1)} %`]),
      ),
    })),
  );
  console.table(speed);
}

/** Figures to reach, measured on the blind set alone; other sets are for information. */
function rowsOf(measured: readonly Scores[], times: ReturnType<typeof measureSpeed>): Row[] {
  const quality = measured.flatMap(({ set, requests, taskType, recallAt5, recallOfAccepted, wrongAccepted }): Row[] => {
    const blind = set === 'blind';
    const how = `${requests} labelled requests, by labels.md`;
    const row = (what: string, share: number, reach: Pick<Row, 'least' | 'most'>): Row => ({
      what: `${set}: ${what}`,
      value: share * 100,
      unit: '%',
      ...(blind ? reach : {}),
      how,
    });
    return [
      row('task type', taskType, { least: 90 }),
      row('recall@5', recallAt5, { least: 90 }),
      row('wrong accepted', wrongAccepted, { most: 3 }),
      row('recall of accepted', recallOfAccepted, {}),
    ];
  });
  const how = 'median over 2000 different requests of about 200 characters, index built, nothing cached';
  const speedRows = times.map(({ what, microseconds, most }): Row => ({
    what,
    value: microseconds,
    unit: 'µs',
    ...(most === undefined ? {} : { most }),
    how,
  }));
  return [...quality, ...speedRows];
}

/** Labels name the client of an API once, whatever its subject. */
function labelOf(tool: string): string {
  return tool.startsWith('{subject}') || tool === 'http_client' ? 'api_client' : tool;
}

function score(set: string, requests: readonly Labelled[]): Scores {
  const sums = { taskType: 0, wanted: 0, found: 0, accepted: 0, wrong: 0, uncovered: 0, vague: 0 };
  for (const request of requests) {
    const analysis = analyze(readRequest(request.text, { kind: request.kind }).request);
    const accepted = analysis.matches.toSorted((a, b) => b.score - a.score).map(({ tool }) => labelOf(tool));
    const ranked = [...accepted, ...analysis.suggestions.map(({ tool }) => labelOf(tool))];
    const top = ranked.slice(0, Math.max(5, request.tools.length));
    const missed = request.tools.filter((tool) => !top.includes(tool));
    const wrong = accepted.filter((tool) => !request.tools.includes(tool));
    sums.taskType += Number(analysis.taskType === request.taskType);
    sums.wanted += request.tools.length;
    sums.found += request.tools.length - missed.length;
    sums.accepted += accepted.length;
    sums.wrong += wrong.length;
    sums.uncovered += Number(analysis.uncovered.length > 0 === request.uncovered);
    sums.vague += Number(analysis.questions.length > 0 === request.vague);
    if (flags.includes('--misses')) showMiss(request, analysis, missed, wrong);
  }
  const count = requests.length;
  return {
    set,
    requests: count,
    taskType: sums.taskType / count,
    recallAt5: sums.found / sums.wanted,
    recallOfAccepted: (sums.accepted - sums.wrong) / sums.wanted,
    wrongAccepted: sums.wrong / sums.accepted,
    uncovered: sums.uncovered / count,
    vague: sums.vague / count,
  };
}

function showMiss(request: Labelled, analysis: Analysis, missed: readonly string[], wrong: readonly string[]): void {
  const lines = [
    ...(analysis.taskType === request.taskType
      ? []
      : [`type ${request.taskType} → ${analysis.taskType}: ${analysis.reasons[0]?.because ?? ''}`]),
    ...(missed.length === 0 ? [] : [`missed ${missed.join(', ')}`]),
    ...wrong.map(
      (tool) => `wrong ${tool}: ${analysis.matches.find((match) => labelOf(match.tool) === tool)?.evidence ?? ''}`,
    ),
    ...(analysis.uncovered.length > 0 === request.uncovered
      ? []
      : [`uncovered ${request.uncovered}: ${analysis.uncovered.join('; ')}`]),
    ...(analysis.questions.length > 0 === request.vague ? [] : [`vague ${request.vague}`]),
  ];
  if (lines.length > 0) console.log(`${request.id} ${request.text}\n    ${lines.join('\n    ')}`);
}

/** Median microseconds over many different requests of about 200 characters; nothing is cached between them. */
function measureSpeed(subject: Analyzer): { what: string; microseconds: number; most?: number }[] {
  const nouns = [
    'orders',
    'patients',
    'leads',
    'invoices',
    'members',
    'readings',
    'tickets',
    'shipments',
    'students',
    'payments',
  ];
  const texts = Array.from({ length: 2000 }, (_, at) => {
    const noun = nouns[at % nouns.length] ?? 'orders';
    return `Read the CSV file with ${noun} number ${at}, check that every email address is valid, remove the duplicates and write a clean list as JSON for our team. Files up to ${at + 1} MB have to be done within 30 seconds.`.slice(
      0,
      200,
    );
  });
  const requests = texts.map((text) => readRequest(text, { kind: 'prompt' }).request);
  const index = new MiniSearch({
    fields: ['words'],
    processTerm: (term) => stemmer(term.toLowerCase()),
    searchOptions: { fuzzy: 0.2, prefix: true },
  });
  index.addAll(
    recipes
      .flatMap((recipe) => recipe.tools)
      .map((tool, id) => ({
        id,
        words: [...tool.vocabulary.phrases, ...tool.vocabulary.verbs, ...tool.vocabulary.objects].join(' '),
      })),
  );
  return [
    {
      what: 'analysis of a read request (type, effort, risks, limits, recipes)',
      microseconds: median(requests, (request) => subject(request)),
      most: 500,
    },
    { what: 'task type and effort alone', microseconds: median(texts, (text) => subject.assess(text)), most: 20 },
    { what: 'reading the prompt', microseconds: median(texts, (text) => readRequest(text, { kind: 'prompt' })) },
    {
      what: 'baseline: minisearch, stems, fuzzy and prefix, top five',
      microseconds: median(texts.slice(0, 400), (text) => index.search(text).slice(0, 5)),
    },
  ];
}

function median<Item>(items: readonly Item[], run: (item: Item) => unknown): number {
  for (let round = 0; round < 3; round += 1) items.forEach(run);
  const times = items.map((item) => {
    const start = process.hrtime.bigint();
    run(item);
    return Number(process.hrtime.bigint() - start) / 1000;
  });
  return Math.round((times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0) * 10) / 10;
}
