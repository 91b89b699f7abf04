import { spawnSync } from 'node:child_process';
import type { Row } from '../row.ts';
import { results, type Call, type Judged } from './harness.ts';
import type { Workshop } from './workshop.ts';

/** Totals of one peer, of all documents of the run. Shares are in per cent. */
export interface Totals {
  readonly peer: string;
  readonly documents: number;
  readonly generate: number;
  readonly build: number;
  readonly list: number;
  readonly tools: string;
  readonly schemasValid: number;
  readonly reqValid: number;
  readonly fullValid: number;
  readonly bothFaithful: number;
  readonly resultOk: number;
  readonly auth: number;
}

/** The harness' own report of a peer, as figures. */
export function totalsOf(workshop: Workshop, peer: string): Totals {
  const { stdout } = spawnSync(process.execPath, ['report.mjs', workshop.out, peer], {
    cwd: workshop.harness,
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  const said = JSON.parse(stdout) as Record<string, string | number>;
  const share = (name: string): number => ratio(String(said[name]));
  return {
    peer,
    documents: Number(said.docs),
    generate: Number(said.generate),
    // A peer without a step for building has nothing to check: what it generates is as good as built.
    build: Number(said.build === 'n/a' ? said.generate : said.build),
    list: Number(said.listOk),
    tools: String(said.toolsOps),
    schemasValid: share('schemaValid'),
    reqValid: share('reqValid'),
    fullValid: share('fullValid'),
    bothFaithful: share('opsBothFaithful'),
    resultOk: share('resultOk'),
    auth: share('auth'),
  };
}

/** `12/40 = 30.0%` exactly, `30.0% of 40`, `30.0` or `-` as per cent. */
function ratio(text: string): number {
  const exact = /^(\d+)\/(\d+) =/.exec(text);
  return exact ? (100 * Number(exact[1])) / Number(exact[2]) : Number.parseFloat(text);
}

/** What must be reached, for our own peers. */
export function reachRows(totals: Totals, documents: number): Row[] {
  const how = `the harness' report over ${documents} documents`;
  const row = (what: string, value: number, unit: string, least: number): Row => ({
    what: `${totals.peer}: ${what}`,
    value,
    unit,
    least,
    how,
  });
  const works = Math.min(totals.generate, totals.build, totals.list);
  return [
    row('documents that generate, type-check, start and list', works, 'documents', documents),
    row('schemas valid', totals.schemasValid, '%', 100),
    row('calls valid, required arguments (reqValid)', totals.reqValid, '%', 99.5),
    row('calls valid, optional ones too (fullValid)', totals.fullValid, '%', 99.5),
    row('both calls carry every argument (opsBothFaithful)', totals.bothFaithful, '%', 99.5),
    row('answers accepted by the client (resultOk)', totals.resultOk, '%', 100),
    row('authentication in the right place', totals.auth, '%', 100),
  ];
}

/** The same of a peer of other people, for information. */
export function informationRows(totals: Totals, documents: number): Row[] {
  return reachRows(totals, documents).map(({ what, value, unit, how }) => ({ what, value, unit, how }));
}

/** What went wrong, a line each: whole documents first, then calls. */
export function failures(workshop: Workshop, peer: string): string[] {
  return results(workshop, peer).flatMap((judged) => [
    ...documentFailure(judged),
    ...(judged.calls ?? []).flatMap((call) => callFailure(judged.doc, call)),
  ]);
}

function documentFailure(judged: Judged): string[] {
  const why = judged.genErr ?? judged.buildErr ?? judged.runErr ?? judged.harnessErr ?? judged.badSchemaEx;
  return why === undefined ? [] : [`${judged.doc}: ${why.replace(/\s+/g, ' ').slice(-500)}`];
}

function callFailure(document: string, call: Call): string[] {
  const reasons = [
    ...call.cat,
    ...(call.dropped === undefined ? [] : [`dropped ${call.dropped}`]),
    ...(call.auth === false ? ['auth'] : []),
    ...(call.resultOk === false ? [`answer refused ${call.err ?? ''}`.trim()] : []),
  ];
  if (reasons.length === 0) return [];
  const details = [call.msg?.join(' | '), call.req && `request ${call.req}`, call.args && `arguments ${call.args}`];
  return [
    `${document} ${call.op} (${call.tool ?? 'no tool'}, ${call.mode}): ${[reasons.join(', '), ...details.filter(Boolean)].join(' :: ')}`,
  ];
}
