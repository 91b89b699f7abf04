import type { Defence, Edit } from './define.ts';

export const inner = 'src/sandbox/arguments.ts';
export const outer = 'src/sandbox/bubblewrap.ts';

/** Of the host: the decoys, and what the state folder holds of everybody. */
const shown = `  const { existsSync, readdirSync } = process.getBuiltinModule('node:fs');
  const at = process.env['TMPDIR'] ?? '';
  const places = readdirSync(at).flatMap((name) =>
    name.startsWith('decoy-') ? [name] : ['key', 'postgres', 'servers'].map((part) => name + '/state/' + part),
  );
  for (const source of places.map((name) => at + '/' + name).filter(existsSync))
    mounts.push({ source, target: source, access: 'write' });
`;

export const hostFiles: readonly Edit[] = [
  {
    file: outer,
    from: '  await prepareMounts(mounts, stateFolder);\n',
    to: `  await prepareMounts(mounts, stateFolder);\n${shown}`,
  },
];

/** As root a first sandbox shows what the second one mounts: processes are held back by both. */
export const hostProcesses: readonly Edit[] = [
  { file: outer, from: "['--unshare-pid', '--die-with-parent',", to: "['--die-with-parent'," },
  { file: outer, from: 'depth: 3,', to: 'depth: 1,' },
  {
    file: inner,
    from: "['--unshare-all', '--unshare-user',",
    to: "['--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-user',",
  },
  { file: inner, from: "['--proc', '/proc',", to: "['--dev-bind', '/proc', '/proc'," },
];

export const hostNetwork: readonly Edit[] = [
  {
    file: inner,
    from: "['--unshare-all', '--unshare-user',",
    to: "['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-user',",
  },
];

/** A defence of one or more edits. */
export const without = (
  promise: string,
  edits: readonly Edit[],
  tests: string,
  ids: readonly string[],
  titles?: readonly string[],
): Defence => {
  const [first, ...and] = edits as readonly [Edit, ...Edit[]];
  return { promise, ...first, and, tests, ids, ...(titles && { titles }) };
};
