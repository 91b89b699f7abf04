import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Installs the clients and referees of test/foreign, once for each state of its two lists. */
const folder = join(import.meta.dirname, '..', 'test', 'foreign');
const stamp = join(folder, 'node_modules', '.stamp');
const environment = join(folder, '.venv');

const lists = ['package-lock.json', 'requirements.txt'].map((name) => readFileSync(join(folder, name)));
const wanted = createHash('sha256').update(Buffer.concat(lists)).digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  process.stderr.write('Installing the clients of test/foreign (about a minute, once) …\n');
  rmSync(environment, { recursive: true, force: true });
  await Promise.all([
    run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'),
    installPython(),
  ]);
  writeFileSync(stamp, wanted);
}

async function installPython(): Promise<void> {
  await run('python3', '-m', 'venv', environment);
  await run(join(environment, 'bin', 'pip'), 'install', '--quiet', '--only-binary', ':all:', '-r', 'requirements.txt');
}

/** Ends this program where another one fails. */
function run(program: string, ...words: string[]): Promise<void> {
  const failed = (why: string): never => {
    process.stderr.write(`\n${program} ${words.join(' ')} failed: ${why}.\n`);
    process.exit(6);
  };
  return new Promise((done) => {
    spawn(program, words, { cwd: folder, stdio: ['ignore', 2, 2] })
      .once('error', (error) => failed(error.message))
      .once('close', (code) => (code === 0 ? done() : failed(`it ended with ${code}`)));
  });
}
