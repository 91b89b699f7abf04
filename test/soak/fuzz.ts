import { showRows } from '../../bench/row.ts';
import { allTargets } from '../true/fuzz/targets.ts';

/** Made-up cases for everything that reads what comes from outside, other ones each time; the seed is told. */
const count = Number(process.argv[2] ?? 1_000_000);
const shares = allTargets.reduce((sum, { share }) => sum + share, 0);
const seed = Date.now() % 2 ** 31;
/** So many at a time, so that a long trial says where it stands. */
const portion = 2000;

// A target that waits for something that never comes would otherwise end the process in silence.
const awake = setInterval(() => undefined, 60_000);
const failures: string[] = [];
let tried = 0;
for (const { name, share, ...target } of allTargets) {
  const wanted = Math.ceil((count * share) / shares);
  process.stderr.write(`${name}: ${wanted}\n`);
  try {
    for (let done = 0; done < wanted; done += portion) {
      await target.try(Math.min(portion, wanted - done), seed + done);
      tried += Math.min(portion, wanted - done);
    }
  } catch (error) {
    process.stderr.write(
      `${name}: ${error instanceof Error ? `${error.message}\n${String(error.cause)}` : String(error)}\n`,
    );
    failures.push(name);
  }
}
clearInterval(awake);
showRows([
  {
    what: 'made-up cases that break what reads them',
    value: failures.length,
    unit: 'targets',
    most: 0,
    how: `${tried} cases, ${allTargets.length} targets, seed ${seed}`,
  },
]);
