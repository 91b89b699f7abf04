import type { Report } from '../src/spec/index.ts';
import { showRows } from './row.ts';
import type { Fault } from './verifier/fault.ts';
import { faults } from './verifier/faults.ts';
import { goodServers, type Good } from './verifier/good.ts';
import { openWorkshop } from './verifier/workshop.ts';

/**
 * What verification catches: good servers as they are, and with one known fault each.
 * `node bench/verifier.ts [WORD…]`: faults whose name or kind holds a word; VERIFIER_SERVERS: servers a fault, 40 unless
 * said; VERIFIER_TOGETHER: verifications at once, 2 unless said.
 */
interface Tried {
  readonly server: string;
  readonly fault?: string;
  readonly of?: string;
  readonly caught: boolean;
  /** Where it showed: levels, and `security`. */
  readonly by: readonly string[];
  readonly first: string;
}

const words = process.argv.slice(2);
const mostServers = Number(process.env.VERIFIER_SERVERS ?? 40);
const together = Number(process.env.VERIFIER_TOGETHER ?? 2);
/** Servers for faults that cost a long wait for each call. */
const mostForLong = 4;

const goods = goodServers();
const wanted = faults.filter(
  ({ name, of }) => words.length === 0 || words.some((word) => `${name} ${of}`.includes(word)),
);
await using workshop = await openWorkshop();
const works = [
  ...(words.length === 0 || words.includes('none')
    ? goods.slice(0, mostServers).map((good) => ({ good, fault: undefined }))
    : []),
  ...wanted.flatMap((fault) => someOf(goods.filter(fault.applies), fault).map((good) => ({ good, fault }))),
];
const tried: Tried[] = [];
await Promise.all(
  Array.from({ length: together }, async () => {
    for (let next = works.shift(); next !== undefined; next = works.shift()) {
      const report = await workshop.verify(next.good, next.fault);
      tried.push(judge(report, next.good, next.fault));
      tell(tried.at(-1)!);
    }
  }),
);
table();
process.exitCode = conclude() ? 0 : 1;

/** As many as are wanted, from all over the list. */
function someOf(all: readonly Good[], { long }: Fault): readonly Good[] {
  const count = Math.min(all.length, mostServers, long ? mostForLong : Infinity);
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]!);
}

function judge(report: Report, good: Good, fault: Fault | undefined): Tried {
  const failed = report.checks.filter(({ status, severity }) => status === 'failed' && severity === 'error');
  const grave = report.findings.filter(({ severity }) => severity === 'high' || severity === 'critical');
  const broken = failed.find(({ check }) => check.startsWith('builds/types'));
  if (fault !== undefined && fault.of !== 'does not build' && broken !== undefined)
    throw new Error(`${fault.name} in ${good.name} does not build, so nothing else is tried: ${broken.message}`);
  const by = [...new Set([...failed.map(({ level }) => level), ...grave.map(() => 'security')])].toSorted();
  const first = failed[0] ? `${failed[0].check}: ${failed[0].message}` : (grave[0]?.message ?? '');
  return { server: good.name, ...(fault && { fault: fault.name, of: fault.of }), caught: !report.success, by, first };
}

function tell({ server, fault, caught, by, first }: Tried): void {
  const right = caught === (fault !== undefined);
  process.stderr.write(
    `${right ? '✓' : '✗'} ${server} ${fault ?? 'as it is'}: ${by.join(' ')} ${first.slice(0, 160)}\n`,
  );
}

/** For each fault: servers, caught, and at which levels. */
function table(): void {
  const places = ['L1', 'L2', 'L3', 'security'];
  const line = (cells: readonly (string | number)[]): string =>
    cells.map((cell, index) => String(cell).padEnd(index < 2 ? 28 : 9)).join('');
  const rows = wanted.map(({ name, of }) => {
    const mine = tried.filter(({ fault }) => fault === name);
    return [
      of,
      name,
      mine.length,
      mine.filter(({ caught }) => caught).length,
      ...places.map((place) => mine.filter(({ by }) => by.includes(place)).length),
    ];
  });
  process.stderr.write(
    `\n${[line(['kind', 'fault', 'servers', 'caught', ...places]), ...rows.map(line)].join('\n')}\n\n`,
  );
}

function conclude(): boolean {
  const bad = tried.filter(({ fault }) => fault !== undefined);
  const asTheyAre = tried.filter(({ fault }) => fault === undefined);
  const caught = bad.filter((one) => one.caught);
  const refused = asTheyAre.filter((one) => one.caught);
  const missed = [...new Set(bad.filter((one) => !one.caught).map(({ fault }) => fault))];
  return showRows([
    {
      what: 'faulty servers that verification catches',
      value: (100 * caught.length) / Math.max(1, bad.length),
      unit: '%',
      least: 95,
      how: `${caught.length} of ${bad.length}, ${wanted.length} faults${missed.length > 0 ? `; missed some: ${missed.join(', ')}` : ''}`,
    },
    {
      what: 'good servers that verification refuses',
      value: refused.length,
      unit: 'servers',
      most: 0,
      how: `of ${asTheyAre.length}${refused.length > 0 ? `: ${refused.map(({ server }) => server).join(', ')}` : ''}`,
    },
  ]);
}
