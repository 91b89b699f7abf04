import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What one run measures. */
export interface RunOptions {
  /** Folder with the harness and its corpus; only read. */
  readonly source: string;
  /** Names of corpus files; all when absent. */
  readonly docs?: ReadonlySet<string>;
  /** Names of peers; all when absent. */
  readonly only?: ReadonlySet<string>;
  /** Operations sampled per document. */
  readonly maxOperations: number;
  /** Folder for everything the run makes. Given: kept, and a later run goes on where this one ended. */
  readonly work?: string;
}

const usage = `Give the folder that holds the harness and its corpus (run.mjs, lib/, corpus/index.tsv):
  node bench/openapi/run.ts FOLDER [--docs a.yaml,b.json] [--only crafter,crafter-tools] [--max-ops 15] [--skip-peers] [--work FOLDER]
or set OPENAPI_BENCH to it.`;

/** Reads the command line; says what to give when there is no harness. */
export function readOptions(words: readonly string[]): RunOptions | string {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      docs: { type: 'string' },
      only: { type: 'string' },
      'max-ops': { type: 'string', default: '15' },
      'skip-peers': { type: 'boolean', default: false },
      work: { type: 'string' },
    },
  });
  const folder = positionals[0] ?? process.env.OPENAPI_BENCH;
  if (folder === undefined) return usage;
  const source = resolve(folder);
  if (!existsSync(join(source, 'run.mjs')) || !existsSync(join(source, 'corpus', 'index.tsv')))
    return `${isAbsolute(folder) ? folder : `${folder} (${source})`} holds no run.mjs and corpus/index.tsv.\n${usage}`;
  const only = values['skip-peers'] ? 'crafter,crafter-tools' : values.only;
  return {
    source,
    ...(values.docs === undefined ? {} : { docs: new Set(values.docs.split(',')) }),
    ...(only === undefined ? {} : { only: new Set(only.split(',')) }),
    maxOperations: Number(values['max-ops']),
    ...(values.work === undefined ? {} : { work: resolve(values.work) }),
  };
}
