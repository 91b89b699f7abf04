import { without } from './sandbox-edits.ts';
import type { Defence, Edit } from './define.ts';

const file = 'src/jobs/places.ts';
const tests = 'src/jobs/places.test.ts';
const durable = 'src/jobs/dbos.ts';
const run = 'src/jobs/run.ts';
const claim = 'src/jobs/claim.ts';
const jobs = (promise: string, edit: Edit, number: number): Defence =>
  without(promise, [edit], 'src/jobs/jobs.test.ts', [`JOBS-${number}`]);
const order = ['src/jobs/jobs.test.ts', ['JOBS-3'], ['though they came at once']] as const;
const cutOff = 'src/jobs/cut-off.test.ts';
const left = (promise: string, edit: Edit, title: string): Defence =>
  without(promise, [edit], 'src/jobs/run.test.ts', ['JOBS-12'], [title]);
const pool = 'src/jobs/pool.ts';
const lost = (promise: string, edit: Edit, test: string, title: string): Defence =>
  without(promise, [edit], `src/jobs/${test}.test.ts`, ['JOBS-13'], [title]);

export const defences: readonly Defence[] = [
  jobs(
    'A step that has ended is not done again',
    {
      file: durable,
      from: 'DBOS.runStep(() => run(DBOS.stepStatus?.cancelSignal), { name })',
      to: 'name === undefined ? run() : run()',
    },
    1,
  ),
  jobs(
    'A job of an id that is there already is not queued again',
    {
      file: durable,
      from: 'const options = { workflowID: id, ',
      to: 'const options = { workflowID: (await find(id)) ? `${id}-again` : id, ',
    },
    2,
  ),
  jobs(
    'A job waits for those of its key that came before it',
    { file: claim, from: 'WHERE other.queue_name = $1 AND', to: 'WHERE false AND other.queue_name = $1 AND' },
    3,
  ),
  jobs(
    'A cancelled job is told so',
    {
      file: 'src/jobs/jobs.ts',
      from: '      await engine.cancel(id);\n      running.get(id)?.stop(cancelledError(id));\n',
      to: '',
    },
    4,
  ),
  jobs(
    'What a step says while the service closes is not recorded',
    {
      file: run,
      from: '      steps.delete(work);\n      if (closing.aborted || over) return forever();\n',
      to: '      steps.delete(work);\n',
    },
    5,
  ),
  jobs(
    'A recorded error has its code',
    { file: run, from: 'thrown : revive(outcome.error)', to: 'thrown : new Error(revive(outcome.error).message)' },
    6,
  ),
  jobs(
    'Jobs are taken from a service only when it is dead',
    {
      file: 'src/jobs/reap.ts',
      from: 'if (!(await tryLock(client, lockOf(id)))) continue;',
      to: 'await tryLock(client, lockOf(id));',
    },
    7,
  ),
  without(
    'A slow reader has so many events and no more',
    [{ file: 'src/events/events.ts', from: '    if (queue.length > longestQueue) queue.shift();\n', to: '' }],
    'src/events/events.test.ts',
    ['JOBS-8'],
    ['kept for a slow reader'],
  ),
  without(
    'Nothing is kept for a reader that has left',
    [
      {
        file: 'src/events/events.ts',
        from: "signal.removeEventListener('abort', end);\n      leave();\n",
        to: "signal.removeEventListener('abort', end);\n",
      },
    ],
    'src/events/events.test.ts',
    ['JOBS-8'],
    ['no longer kept for a reader'],
  ),
  jobs('Jobs have places', { file: claim, from: 'const free = options.places - ', to: 'const free = options.places + ' }, 9),
  jobs(
    'Jobs take places in the order they came',
    { file: claim, from: "ORDER BY ${turnOf('job', schema)} LIMIT", to: 'ORDER BY queue_partition_key LIMIT' },
    9,
  ),
  without(
    'As many builds run at once as there is memory for',
    [{ file, from: 'Math.min(most, memoryBytes * share)', to: 'Math.max(most, memoryBytes * share)' }],
    tests,
    ['JOBS-10'],
    ['as far as there is memory'],
  ),
  without(
    'A limit of the control group counts',
    [{ file, from: 'Math.min(limit, totalmem())', to: 'Math.max(limit, totalmem())' }],
    tests,
    ['JOBS-10'],
    ['count a limit of the control group'],
  ),
  without(
    'Jobs that were queued in the same moment keep their order',
    [{ file: 'src/jobs/claim.ts', from: '-age(xmin)', to: '0' }],
    ...order,
  ),
  without(
    'Orders that come at once do not overtake each other',
    [{ file: 'src/jobs/dbos.ts', from: 'queued.then(() => outside(', to: 'Promise.resolve().then(() => outside(' }],
    ...order,
  ),
  without(
    'PostgreSQL gives up a service that is out of reach',
    [
      {
        file: 'src/jobs/watched.ts',
        from: "await client.query('SELECT set_config($1, $2, false)', [name, value]);",
        to: 'void [name, value];',
      },
    ],
    cutOff,
    ['JOBS-11'],
  ),
  without(
    'A service that was cut off leaves what another one has taken over',
    [{ file: run, from: 'void asked.get(id)?.leave();', to: 'void id;' }],
    cutOff,
    ['JOBS-12'],
    ['leaves the job'],
  ),
  left(
    'A job that is left between two steps begins no further one',
    { file: run, from: '        controller.signal.throwIfAborted();\n', to: '' },
    'begins no step',
  ),
  left(
    'A job that is left goes no further by what another one has recorded',
    { file: run, from: '    if (over) return forever();\n    if (', to: '    if (' },
    'goes no further',
  ),
  left(
    'A job that this service takes back while it asks what was taken from it goes on',
    { file: run, from: 'void asked.get(id)?.leave();', to: 'void running.get(id)?.leave();' },
    'taken back',
  ),
  without(
    'A service that is back waits until what it had before is given up',
    [{ file: 'src/jobs/watched.ts', from: 'SELECT pg_advisory_lock(', to: 'SELECT pg_try_advisory_lock(' }],
    cutOff,
    ['JOBS-12'],
    ['keeps its jobs'],
  ),
  lost(
    'A connection that hears nothing any more breaks',
    { file: pool, from: 'setTimeout(silence, ', to: 'setTimeout(0 * silence, ' },
    'pool',
    'holds up no job',
  ),
  lost(
    'A transaction ends of which nothing is heard',
    { file: pool, from: 'client.query(`SET', to: 'client.query(`SELECT 1 -- SET' },
    'pool',
    'keeps no lock',
  ),
  lost(
    'What was taken from the queue comes again when the answer was lost',
    { file: claim, from: "'PENDING' AND owner_xid = $5", to: "'PENDING' AND owner_xid = $5 AND false" },
    'claim',
    'is run all the same',
  ),
  without(
    'A service that starts beside others leaves them the time to queue what they have recorded',
    [{ file: 'src/pipeline/queue.ts', from: 'silenceMilliseconds + 15_000', to: 'silenceMilliseconds' }],
    'src/pipeline/late-progress.test.ts',
    ['KILLS-8'],
  ),
  without(
    'What a new server has stays its own when the service is told to end while it comes up',
    [{ file: 'src/pipeline/deploy.ts', from: 'if (goesOn(signal) || ', to: 'void goesOn;\n    if (' }],
    'test/durable/cancelling.test.ts',
    ['JOBS-5'],
    ['with the secrets that came with it'],
  ),
];
