import { median, showRows } from '../../bench/row.ts';
import { killAtRandom } from '../support/kill-run.ts';

/** kill -9 of services at random moments while they build; the count is of all together. */
const houses = 4;
const kills = Number(process.argv[2] ?? 1000);
const seed = Date.now() % 1_000_000;
process.stderr.write(`seed ${seed}\n`);

const runs = await Promise.all(
  Array.from({ length: houses }, (_, house) =>
    killAtRandom(Math.ceil(kills / houses), seed + house, (count) => {
      if (count % 25 === 0) process.stderr.write(`service ${house + 1}: ${count} kills\n`);
    }),
  ),
);
const faults = runs.flatMap((run) => run.faults);
for (const fault of faults) process.stderr.write(`${fault}\n`);
const starts = runs.flatMap((run) => run.starts);
const how = `${kills} kills at random moments, ${houses} services beside each other, seed ${seed}`;
showRows([
  { what: 'lost, doubled or left after kills', value: faults.length, unit: 'faults', most: 0, how },
  { what: 'builds that ended right', value: runs.reduce((sum, { builds }) => sum + builds, 0), unit: 'builds', how },
  {
    what: 'service back after kill -9, under that load',
    value: median(starts),
    unit: 'ms',
    how: `median of ${starts.length}`,
  },
]);
