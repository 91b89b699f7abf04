import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Console } from 'node:console';
import { showRows, type Row } from '../row.ts';
import { callTimeRow } from './call-time.ts';
import { judgeAll, type Peer } from './harness.ts';
import { loadJudge } from './judge.ts';
import { readOptions, type RunOptions } from './options.ts';
import { reachedRows } from './reach-rows.ts';
import { reach, type Reached } from './reach.ts';
import { failures, informationRows, reachRows, totalsOf, type Totals } from './report.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

/**
 * Servers made from real API documents, judged by a harness that is given: ours in both shapes, and those of other
 * generators in the same run. `node bench/openapi/run.ts FOLDER`; rows as JSON on stdout, tables on stderr.
 */
const ownPeers: Readonly<Record<string, readonly string[]>> = { crafter: [], 'crafter-tools': ['--shape', 'tools'] };

const given = readOptions(process.argv.slice(2));
if (typeof given === 'string') {
  process.stderr.write(`${given}\n`);
  process.exitCode = 2;
} else {
  process.exitCode = showRows(await measure(given)) ? 0 : 1;
}

async function measure(options: RunOptions): Promise<Row[]> {
  await using workshop = await openWorkshop(options);
  const own = Object.keys(ownPeers).filter((name) => options.only?.has(name) ?? true);
  const ours: Row[] = [];
  const tables: Totals[] = [];
  let reached: readonly Reached[] | undefined;
  for (const name of own) {
    const totals = await judgePeer(workshop, { name, file: join(import.meta.dirname, 'peers', `${name}.ts`) }, options);
    ours.push(...reachRows(totals, workshop.documents.length));
    showLines(`${name}: failures`, failures(workshop, name));
    tables.push(totals);
    const found = await reachAll(workshop, name, reached);
    reached ??= found;
    ours.push(...reachedRows(name, found, name === 'crafter'));
  }
  if (own.length > 0) ours.push(await callTimeRow(workshop));
  const others: Row[] = [];
  for (const [name, file] of Object.entries(workshop.peers)) {
    const totals = await judgePeer(workshop, { name, file }, options);
    others.push(...informationRows(totals, workshop.documents.length));
    tables.push(totals);
  }
  new Console(process.stderr).table(tables.map(rounded));
  return [...ours, ...others];
}

function rounded(totals: Totals): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(totals).map(([name, value]) => [name, typeof value === 'number' ? Number(value.toFixed(1)) : value]),
  );
}

async function judgePeer(workshop: Workshop, peer: Peer, options: RunOptions): Promise<Totals> {
  process.stderr.write(`\n── ${peer.name} ──\n`);
  await judgeAll(workshop, peer, options.maxOperations);
  return totalsOf(workshop, peer.name);
}

/**
 * Every operation of every document; what an earlier run in the same folder has found is taken from there.
 * @param before What the default shape gave: where that is one tool per operation already, nothing is made again.
 */
async function reachAll(workshop: Workshop, peer: string, before: readonly Reached[] = []): Promise<Reached[]> {
  const judge = await loadJudge(workshop.harness);
  const folder = join(workshop.folder, 'reached', peer);
  mkdirSync(folder, { recursive: true });
  const all: Reached[] = [];
  for (const document of workshop.documents) {
    const file = join(folder, `${document}.json`);
    const same = before.find((one) => one.document === document && one.figures && one.ranking === undefined);
    if (same !== undefined) {
      all.push(same);
      continue;
    }
    if (!existsSync(file)) {
      const reached = await reach(workshop, judge, document, peer, ownPeers[peer] ?? []);
      writeFileSync(file, JSON.stringify(reached));
    }
    const reached = JSON.parse(readFileSync(file, 'utf8')) as Reached;
    all.push(reached);
    showReached(reached);
  }
  return all;
}

function showReached({ document, made, operations, missed, refused, figures, ranking }: Reached): void {
  const parts = [
    `${(made.milliseconds / 1000).toFixed(2)} s`,
    `${operations - missed.length} of ${operations} reached`,
    ...(figures === undefined ? [made.said] : [`${figures.tools} tools, ${figures.listTokens} tokens`]),
    ...(ranking === undefined ? [] : [`search ${ranking.first}/${ranking.firstFive} of ${ranking.queries}`]),
  ];
  process.stderr.write(`${document.padEnd(32)} ${parts.join(' · ')}\n`);
  if (made.ok) showLines('  not reached', missed);
  showLines('  ended with an error', refused);
}

function showLines(title: string, lines: readonly string[], most = 40): void {
  if (lines.length === 0) return;
  const more = lines.length > most ? [`… and ${lines.length - most} more`] : [];
  process.stderr.write(`${[`${title}: ${lines.length}`, ...lines.slice(0, most), ...more].join('\n    ')}\n`);
}
