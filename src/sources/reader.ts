import { parentPort, workerData } from 'node:worker_threads';
import { toCrafterError } from '../errors.ts';
import type { Read } from './apart.ts';
import { readRequest } from './read.ts';
import type { ReadOptions } from './read.ts';

/** Entry of the thread that reads one large document; see apart.ts. */
const { text, options } = workerData as { text: string; options: ReadOptions };

function read(): Read {
  try {
    return { reading: readRequest(text, options) };
  } catch (error) {
    return { error: toCrafterError(error).toJSON() };
  }
}

parentPort?.postMessage(read());
