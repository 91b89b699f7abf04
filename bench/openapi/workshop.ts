import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunOptions } from './options.ts';
import { openState } from './state.ts';

/** Where a run works: a copy of the harness, the peers' packages, and a state folder with one service. */
export interface Workshop {
  readonly folder: string;
  readonly harness: string;
  readonly corpus: string;
  /** Results of the harness: out/PEER/results.jsonl and the generated projects. */
  readonly out: string;
  readonly state: string;
  /** Names of the corpus files that the run is about. */
  readonly documents: readonly string[];
  /** Installed peers of other people: name to the file that describes it to the harness. */
  readonly peers: Readonly<Record<string, string>>;
}

const ownPeers = join(import.meta.dirname, 'peers');
const installedStamp = '.installed';

/** Copies the harness, installs it and the peers, and starts a service; `close` undoes what is not to be kept. */
export async function openWorkshop(options: RunOptions): Promise<Workshop & AsyncDisposable> {
  const { folder, state, [Symbol.asyncDispose]: close } = await openState(options.work);
  const harness = join(folder, 'harness');
  installHarness(options.source, harness);
  const peers = Object.fromEntries(
    readdirSync(ownPeers, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .filter((name) => options.only?.has(name) ?? true)
      .map((name) => [name, installPeer(name, join(folder, 'peers'))]),
  );
  return {
    folder,
    harness,
    corpus: join(harness, 'corpus'),
    out: join(folder, 'out'),
    state,
    documents: documentsOf(join(harness, 'corpus')).filter((name) => options.docs?.has(name) ?? true),
    peers,
    [Symbol.asyncDispose]: close,
  };
}

function documentsOf(corpus: string): string[] {
  const [, ...lines] = readFileSync(join(corpus, 'index.tsv'), 'utf8').trim().split('\n');
  return lines.map((line) => line.split('\t')[0] ?? '');
}

function installHarness(source: string, place: string): void {
  if (existsSync(join(place, installedStamp))) return;
  for (const name of ['run.mjs', 'report.mjs', 'lib', 'corpus', 'package.json', 'package-lock.json'])
    cpSync(join(source, name), join(place, name), { recursive: true });
  install(place);
}

function installPeer(name: string, place: string): string {
  const folder = join(place, name);
  if (!existsSync(join(folder, installedStamp))) {
    cpSync(join(ownPeers, name), folder, { recursive: true });
    cpSync(join(ownPeers, 'headers.mjs'), join(place, 'headers.mjs'));
    install(folder);
  }
  return join(folder, 'peer.mjs');
}

/** The source may be read-only, so its copy is made writable first. */
function install(folder: string): void {
  process.stderr.write(`Installing ${folder} …\n`);
  spawnSync('chmod', ['-R', 'u+w', folder]);
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error(`npm ci in ${folder} ended with ${status}; npm says why above.`);
  writeFileSync(join(folder, installedStamp), '');
}
