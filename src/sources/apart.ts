import { Worker } from 'node:worker_threads';
import { CrafterError } from '../errors.ts';
import type { Reading } from '../spec/index.ts';
import { entryUrl } from '../util/index.ts';
import { readRequest } from './read.ts';
import type { ReadOptions } from './read.ts';

/** Characters from which a document is read in a thread of its own: smaller ones take less than starting one is worth. */
const large = 5_000_000;

export type Read = { readonly reading: Reading } | { readonly error: ReturnType<CrafterError['toJSON']> };

export interface ReadLimits {
  readonly milliseconds: number;
  readonly megabytes: number;
}

/**
 * As `readRequest`, without keeping the process from its other work: a large document, or one with overlays, whose
 * cost cannot be told before, is read in a thread that ends with its time and memory.
 * @throws CrafterError as `readRequest`; INPUT_TOO_LARGE when that takes too long or too much memory.
 */
export async function readApart(
  text: string,
  options: ReadOptions,
  limits: ReadLimits = { milliseconds: 60_000, megabytes: 2048 },
): Promise<Reading> {
  if (text.length < large && (options.api?.overlays ?? []).length === 0) return readRequest(text, options);
  // Code stands in other kinds of documents only, which are never large.
  const { parseCode: _code, ...plain } = options;
  const worker = new Worker(entryUrl('sources/reader.ts'), {
    workerData: { text, options: plain },
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
  });
  try {
    const read = await answerOf(worker, limits);
    if ('reading' in read) return read.reading;
    throw new CrafterError(read.error.code, read.error.message, read.error);
  } finally {
    // Not waited for: it ends when what it is doing lets it, and the caller has its answer.
    void worker.terminate();
  }
}

function answerOf(worker: Worker, { milliseconds, megabytes }: ReadLimits): Promise<Read> {
  const { promise, resolve, reject } = Promise.withResolvers<Read>();
  const timer = setTimeout(() => reject(tooMuch(`more than ${milliseconds / 1000} seconds`)), milliseconds);
  worker.once('message', resolve);
  worker.once('error', (error: NodeJS.ErrnoException) =>
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch(`more than ${megabytes} MB of memory`) : error),
  );
  return promise.finally(() => clearTimeout(timer));
}

const tooMuch = (what: string): CrafterError =>
  new CrafterError('INPUT_TOO_LARGE', `Reading the document and its overlays takes ${what}.`, {
    hint: 'Give the part of the API that the server needs, and overlays whose targets name what they mean.',
  });
