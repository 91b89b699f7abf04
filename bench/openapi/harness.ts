import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workshop } from './workshop.ts';

/** A peer as the harness knows it: its name and the module that describes it. */
export interface Peer {
  readonly name: string;
  readonly file: string;
}

export interface Call {
  readonly op: string;
  readonly tool?: string;
  readonly mode: 'req' | 'full';
  readonly cat: readonly string[];
  readonly msg?: readonly string[];
  readonly dropped?: string;
  readonly resultOk?: boolean;
  readonly auth?: boolean | null;
  readonly err?: string;
  readonly req?: string;
  readonly args?: string;
}

/** What the harness writes about one document. */
export interface Judged {
  readonly doc: string;
  readonly ops?: number;
  readonly genOk?: boolean | null;
  readonly buildOk?: boolean;
  readonly tools?: number;
  readonly calls?: readonly Call[];
  readonly genErr?: string;
  readonly buildErr?: string;
  readonly runErr?: string;
  readonly harnessErr?: string;
  readonly schemasBad?: number;
  readonly badSchemaEx?: string;
}

/** Most that one document may take: generation, build, start and calls each have less inside the harness. */
const documentMilliseconds = 8 * 60_000;

/** Judges the peer on every document of the run that has no result yet; one process a document. */
export async function judgeAll(workshop: Workshop, peer: Peer, maxOperations: number): Promise<void> {
  const done = new Set(results(workshop, peer.name).map(({ doc }) => doc));
  for (const document of workshop.documents.filter((name) => !done.has(name)))
    await judge(workshop, peer, document, maxOperations);
}

async function judge(workshop: Workshop, peer: Peer, document: string, maxOperations: number): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      '--max-old-space-size=4000',
      'run.mjs',
      peer.file,
      '--docs',
      document,
      '--corpus',
      workshop.corpus,
      '--out',
      workshop.out,
      '--max-ops',
      String(maxOperations),
    ],
    {
      cwd: workshop.harness,
      stdio: ['ignore', 2, 2],
      env: { ...process.env, MCP_CRAFTER_HOME: workshop.state, BENCH_OPENAPI_WORK: workshop.folder },
      timeout: documentMilliseconds,
      killSignal: 'SIGKILL',
    },
  );
  await new Promise((done) => child.once('close', done));
  if (results(workshop, peer.name).some(({ doc }) => doc === document)) return;
  const lost = {
    peer: peer.name,
    doc: document,
    version: '',
    harnessErr: `no result in ${documentMilliseconds / 1000} s`,
  };
  mkdirSync(join(workshop.out, peer.name), { recursive: true });
  appendFileSync(resultsFile(workshop, peer.name), `${JSON.stringify(lost)}\n`);
}

/** The last result of each document. */
export function results(workshop: Workshop, peer: string): Judged[] {
  const file = resultsFile(workshop, peer);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return [...new Map(lines.map((line) => JSON.parse(line) as Judged).map((judged) => [judged.doc, judged])).values()];
}

function resultsFile(workshop: Workshop, peer: string): string {
  return join(workshop.out, peer, 'results.jsonl');
}
