import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { showRows } from '../../bench/row.ts';
import { tryLoad } from '../support/load.ts';
import { startService } from '../support/service-process.ts';

/** Creates at once (a sixth of the count, 100 of 600) and queued (the others). */
const count = Number(process.argv[2] ?? 600);
const load = { atOnce: Math.ceil(count / 6), queued: count - Math.ceil(count / 6) };
const stateFolder = mkdtempSync(join(tmpdir(), 'soak-load-'));
const service = await startService(stateFolder);
try {
  const figures = await tryLoad(service, stateFolder, load);
  process.stderr.write([...figures.failures, ...figures.untrue].map((line) => `${line}\n`).join(''));
  const how = `${load.atOnce} at once and ${load.queued} queued behind them, ${figures.seconds.toFixed(0)} s`;
  showRows([
    { what: 'servers made', value: figures.succeeded, unit: '', least: count, how },
    {
      what: 'builds told as failed',
      value: figures.failures.length,
      unit: '',
      most: 0,
      how: 'also where the server was made',
    },
    {
      what: 'callers told something untrue',
      value: figures.untrue.length,
      unit: '',
      most: 0,
      how: 'progress back, stage left out',
    },
    {
      what: 'memory of all processes, most',
      value: figures.peakBytes / 2 ** 20,
      unit: 'MB',
      most: 1536,
      how: 'PSS of service, sandboxes, PostgreSQL',
    },
    {
      what: 'a listing meanwhile, median',
      value: figures.medianList,
      unit: 'ms',
      how: `longest ${figures.longestList.toFixed(0)} ms`,
    },
    {
      what: 'programs of builds at the usual priority',
      value: figures.pressing,
      unit: '',
      most: 0,
      how: `of ${figures.seen} seen`,
    },
  ]);
} finally {
  await service.stop();
  rmSync(stateFolder, { recursive: true, force: true });
}
