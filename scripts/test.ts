import { spawnSync } from 'node:child_process';

/** Everything that must pass before a change lands, in the order in which it is quickest to fail. */
const steps: readonly (readonly [title: string, command: string, ...words: string[]])[] = [
  ['Types', 'tsc', '-p', '.'],
  ['Lint', 'oxlint', '--deny-warnings', 'src', 'test', 'bench', 'scripts'],
  ['Dead code', 'knip'],
  ['Foreign clients', 'node', 'scripts/foreign.ts'],
  ['Tests', 'vitest', 'run', ...process.argv.slice(2)],
];

for (const [title, command, ...words] of steps) {
  process.stderr.write(`\n── ${title} ──\n`);
  const { status } = spawnSync(command, words, { stdio: 'inherit' });
  if (status !== 0) {
    process.stderr.write(`\n${title} failed.\n`);
    process.exit(status ?? 1);
  }
}
