import { spawnSync } from 'node:child_process';

const words = process.argv.slice(2);
/** Tried once more at the other end of each: packed, by an ordinary user, without control groups. */
const packed = ['reaching-out', 'exhaustion', 'staying'].map((name) => `test/contained/hostile/${name}.test.ts`);

/** Everything that must pass before a change lands, in the order in which it is quickest to fail. */
const steps: readonly (readonly [title: string, command: string, ...words: string[]])[] = [
  ['Types', 'tsc', '-p', '.'],
  ['Lint', 'oxlint', '--deny-warnings', 'src', 'test', 'bench', 'scripts'],
  ['Dead code', 'knip'],
  ['Foreign clients', 'node', 'scripts/foreign.ts'],
  ['Tests', 'vitest', 'run', ...(words.length > 0 ? words : ['--exclude', 'test/product/**'])],
  [
    'Packed product',
    'node',
    'scripts/packed-tests.ts',
    '--ordinary-user',
    '--no-control-groups',
    'test/product',
    ...packed,
  ],
];

for (const [title, command, ...rest] of words.length > 0 ? steps.slice(0, -1) : steps) {
  process.stderr.write(`\n── ${title} ──\n`);
  const { status } = spawnSync(command, rest, { stdio: 'inherit' });
  if (status !== 0) {
    process.stderr.write(`\n${title} failed.\n`);
    process.exit(status ?? 1);
  }
}
