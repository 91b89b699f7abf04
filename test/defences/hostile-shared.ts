import type { Defence, Edit } from './define.ts';
import { outer, without } from './sandbox-edits.ts';

const shared = `  const { chmodSync, mkdirSync } = process.getBuiltinModule('node:fs');
  const all = process.env['TMPDIR'] + '/all';
  mkdirSync(all, { recursive: true });
  chmodSync(all, 0o1777);
  mounts.push({ source: all, target: '/dev/shm', access: 'write' });
`;

const reaching = 'test/contained/hostile/reaching-out.test.ts';
const runtime = 'src/languages/typescript/runtime';
const unprotected = 'test/contained/hostile/unprotected.test.ts';
const noting = 'src/pipeline/launch.test.ts';
const alone: Edit = {
  file: 'src/storage/repositories/servers.ts',
  from: ".where(wanted).for('update');",
  to: '.where(wanted);',
};

export const defences: readonly Defence[] = [
  without(
    'A run without a sandbox is noted',
    [
      {
        file: 'src/pipeline/launch.ts',
        from: "if (sandbox !== 'none') return;",
        to: 'if (sandbox !== undefined) return;',
      },
    ],
    unprotected,
    ['HOSTILE-7'],
    ['a server that ran once without a sandbox', 'a run from the command line'],
  ),
  without(
    'A run from the command line without a sandbox is noted, whatever the service has',
    [{ file: 'src/local/run.ts', from: "if (sandbox.kind === 'none') await note();", to: 'void note;' }],
    unprotected,
    ['HOSTILE-7'],
    ['a run from the command line'],
  ),
  without(
    'A note of a run without a sandbox undoes no deployment',
    [alone],
    noting,
    ['HOSTILE-7'],
    ['undoes no deployment'],
  ),
  without(
    'A note of a run without a sandbox brings back no server',
    [
      alone,
      {
        file: alone.file,
        from: 'tx.update(servers).set(columnsOf(next)).where(wanted);',
        to: 'tx.insert(servers).values({ name, ...columnsOf(next), createdAt: new Date(0) });',
      },
    ],
    noting,
    ['HOSTILE-7'],
    ['brings back no server'],
  ),
  without(
    'A run without a sandbox stays noted though the next version was verified before',
    [
      {
        file: 'src/pipeline/deploy.ts',
        from: 'report: report && repeatUnprotected(report, now.report)',
        to: 'report: now && report',
      },
    ],
    noting,
    ['HOSTILE-7'],
    ['holds for the next version'],
  ),
  without(
    'The start by which a server is deployed is noted',
    [
      {
        file: 'src/pipeline/deploy.ts',
        from: "if (record.desired === 'running') await noteRun(",
        to: 'if (record.desired === undefined) await noteRun(',
      },
    ],
    noting,
    ['HOSTILE-7'],
    ['is the one by which it is deployed'],
  ),
  without(
    'A start without a sandbox stays noted',
    [
      {
        file: 'src/operations/lifecycle.ts',
        from: "await changeRecord(crafter, record.name, { desired: 'running',",
        to: "await crafter.storage.servers.put(record);\n  await changeRecord(crafter, record.name, { desired: 'running',",
      },
    ],
    noting,
    ['HOSTILE-7'],
    ['told as the one that is wanted'],
  ),
  without(
    'Without a sandbox nothing runs but at the user’s word: builds, servers of the service, calls and runs',
    [
      {
        file: 'src/sandbox/open.ts',
        from: 'if (!contained && config.unsafe !== true)',
        to: 'if (!contained && config.unsafe === null)',
      },
    ],
    unprotected,
    ['SANDBOX-9'],
  ),
  without(
    'What was noted of a run without a sandbox stands in each later report',
    [{ file: 'src/spec/unprotected.ts', from: 'return repeats ? ', to: 'return repeats && next === earlier ? ' }],
    unprotected,
    ['HOSTILE-7'],
    ['a server that ran once without a sandbox'],
  ),
  without(
    'Each server has shared memory of its own',
    [
      {
        file: outer,
        from: '  await prepareMounts(mounts, stateFolder);\n',
        to: `  await prepareMounts(mounts, stateFolder);\n${shared}`,
      },
    ],
    reaching,
    ['HOSTILE-8'],
  ),
  without(
    'What language and platform offer to all code is fixed before a tool runs',
    [{ file: `${runtime}/intrinsics.ts`, from: 'for (const object of found) fix(object);', to: 'found.clear();' }],
    reaching,
    ['HOSTILE-8'],
  ),
  without(
    'So are built-in modules, those that only serving over HTTP loads among them',
    [
      {
        file: `${runtime}/start.ts`,
        from: '  const calls = trackCalls(() => {\n    const putBack = fixIntrinsics();\n',
        to: '  const putBack = fixIntrinsics();\n  const calls = trackCalls(() => {\n',
      },
      { file: `${runtime}/built-in-modules.ts`, from: 'getBuiltinModule: getFrozen', to: 'getBuiltinModule: get' },
    ],
    reaching,
    ['HOSTILE-8'],
  ),
  without(
    'What cannot be frozen, such as how patterns match, is put back around each call',
    [{ file: `${runtime}/start.ts`, from: 'if (!putBack()) exit(1);', to: 'void putBack, exit;' }],
    reaching,
    ['HOSTILE-8'],
  ),
];
