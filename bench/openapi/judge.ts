import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Schema = Record<string, unknown>;

/** An operation as the harness sees it. */
export interface JudgedOperation {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** Path of the server, before `path`. */
  readonly base: string;
  readonly opId: string;
  readonly summary: string;
}

/** The parts of the harness that this bench uses itself. */
export interface Judge {
  load(file: string): { doc: object; isJson: boolean };
  /** The document with all servers on a port of the loopback address. */
  patch(document: object, port: number): { doc: object; baseUrl: string };
  /** The document in OpenAPI 3. */
  oracleView(document: object): Promise<object>;
  operations(document: object): JudgedOperation[];
  pathRegex(path: string): { re: RegExp };
  /** A value for a schema; `share` of the optional properties is filled in. */
  sample(schema: Schema, seed: string, share: number): unknown;
}

export async function loadJudge(harness: string): Promise<Judge> {
  const load = async (file: string) => (await import(pathToFileURL(join(harness, 'lib', file)).href)) as never;
  const spec: Pick<Judge, 'load' | 'patch' | 'oracleView' | 'operations'> = await load('spec.mjs');
  const oracle: Pick<Judge, 'pathRegex'> = await load('oracle.mjs');
  const { Sampler }: { Sampler: new (root: Schema, random: () => number, options: { opt: number }) => Generator } =
    await load('sample.mjs');
  const { rng }: { rng(seed: string): () => number } = await load('rng.mjs');
  return {
    load: spec.load,
    patch: spec.patch,
    oracleView: spec.oracleView,
    operations: spec.operations,
    pathRegex: oracle.pathRegex,
    sample: (schema, seed, share) => new Sampler(schema, rng(seed), { opt: share }).gen(schema, 0),
  };
}

interface Generator {
  gen(schema: Schema, depth: number): unknown;
}
