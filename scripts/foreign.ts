import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Installs the clients and referees of test/foreign once for each state of its two lists. */
const folder = join(import.meta.dirname, '..', 'test', 'foreign');
const stamp = join(folder, 'node_modules', '.stamp');
const environment = join(folder, '.venv');

const lists = ['package-lock.json', 'requirements.txt'].map((name) => readFileSync(join(folder, name)));
const wanted = createHash('sha256').update(Buffer.concat(lists)).digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  rmSync(environment, { recursive: true, force: true });
  run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  run('python3', '-m', 'venv', environment);
  run(join(environment, 'bin', 'pip'), 'install', '--quiet', '--only-binary', ':all:', '--requirement', 'requirements.txt');
  writeFileSync(stamp, wanted);
}

function run(program: string, ...words: string[]): void {
  const { status, error } = spawnSync(program, words, { cwd: folder, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  process.stderr.write(`\n${program} ${words.join(' ')} failed${error ? `: ${error.message}` : ''}.\n`);
  process.exit(6);
}
