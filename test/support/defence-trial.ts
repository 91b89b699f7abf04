import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editsOf, type Defence } from '../defences/define.ts';

/** How a test ended, or the preparation of a whole file that failed, by vitest's JSON reporter. */
export interface Outcome {
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

interface Report {
  readonly testResults: readonly { name: string; message: string; assertionResults: readonly Outcome[] }[];
}

export interface Trial {
  /** Runs tests of a file whose titles hold one of `parts`, with the defences out that are given. */
  run(tests: string, parts: readonly string[], out?: Defence): readonly Outcome[];
  close(): void;
}

const seconds = 600;
/** What runs for long to find what is rare: without a defence little is enough. */
const shortened = { DURABLE_KILLS: '10' };
/** Packages cannot be written to: vitest must not keep anything beside them. */
const own = ['--configLoader=native', '--no-cache', '--fsModuleCache=false'];
/**
 * Without a defence hostile code really runs: in namespaces of its own it finds no process but those of the trial, every
 * address there is leads to its own loopback, and all of it ends with the trial. Packages are shown read-only. Soft
 * limits of whoever started the trial are lifted, so that none stands in for one of mcp-crafter.
 */
const alone = [
  '--pdeathsig',
  'KILL',
  'unshare',
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
  '--net',
  '--propagation',
  'private',
];
const world = `mount --bind "$PACKAGES" node_modules && mount -o remount,bind,ro node_modules && ip link set lo up &&
  ip route add local 0.0.0.0/0 dev lo && ip -6 route add local ::/0 dev lo && ulimit -S -n "$(ulimit -H -n)" &&
  ulimit -S -c "$(ulimit -H -c)" || exit 70
"$@"
exit $?`;

/** For trials of defences: a copy of the tree that can be edited. */
export function openTrial(root: string): Trial {
  if (process.getuid?.() !== 0) throw new Error('Defences are tried in namespaces of their own: run this as root.');
  const folder = mkdtempSync(join(tmpdir(), 'defences-'));
  // The sandbox's user has to read the programs in it.
  chmodSync(folder, 0o755);
  const tree = join(folder, 'tree');
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const path of listed
    .toString()
    .split('\0')
    .filter((one) => one !== '' && one !== 'node_modules')) {
    if (existsSync(join(root, path))) cpSync(join(root, path), join(tree, path));
  }
  mkdirSync(join(tree, 'node_modules'));
  return {
    run(tests, parts, out) {
      const restore = edit(tree, out);
      try {
        return runTests(folder, root, tests, parts);
      } finally {
        restore();
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function edit(tree: string, out: Defence | undefined): () => void {
  const before = new Map<string, string>();
  for (const { file, from, to } of out === undefined ? [] : editsOf(out)) {
    const path = join(tree, file);
    const text = readFileSync(path, 'utf8');
    if (text.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`);
    if (!before.has(path)) before.set(path, text);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
  }
  return () => before.forEach((text, path) => writeFileSync(path, text));
}

function runTests(folder: string, root: string, tests: string, parts: readonly string[]): readonly Outcome[] {
  const [report, temporary] = [join(folder, 'report.json'), join(folder, 'tmp')];
  rmSync(report, { force: true });
  mkdirSync(temporary, { recursive: true });
  chmodSync(temporary, 0o1777);
  const pattern = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|');
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', tests, '-t', pattern, ...own];
  const { status, stderr } = spawnSync(
    'setpriv',
    [...alone, 'sh', '-c', world, 'sh', process.execPath, ...vitest, '--reporter=json', `--outputFile=${report}`],
    {
      cwd: join(folder, 'tree'),
      env: { ...process.env, ...shortened, PACKAGES: join(root, 'node_modules'), TMPDIR: temporary },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  rmSync(temporary, { recursive: true, force: true });
  if (!existsSync(report)) throw new Error(`${tests} was not run (${status ?? 'killed'}): ${stderr.slice(-2000)}`);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  return testResults.flatMap(({ assertionResults, message, name }) =>
    message === ''
      ? assertionResults
      : [...assertionResults, { title: name, status: 'failed', failureMessages: [message] }],
  );
}
