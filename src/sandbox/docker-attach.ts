import { PassThrough, type Readable, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Docker } from './docker-api.ts';
import { unframed } from './docker-frames.ts';
import type { SandboxOptions } from './types.ts';

/** How long the rest of what a program said is waited for when it has ended, in milliseconds. */
const REST_MS = 2000;

export interface Attached {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Once the program has ended: the rest of what it wrote has been handed on, and this process's own streams let go. */
  settled(): Promise<void>;
}

/** Streams of a container that has not started yet; `head` is what it reads first. Each output has a connection of its own: neither waits for the other. */
export async function attach(
  docker: Docker,
  at: string,
  { stdio = 'pipe', head }: Pick<SandboxOptions, 'stdio'> & { readonly head: string },
): Promise<Attached> {
  const [main, errors] = await Promise.all([
    docker.open(`${at}/attach?stream=1&stdin=1&stdout=1`),
    docker.open(`${at}/attach?stream=1&stderr=1`),
  ]);
  for (const socket of [main, errors]) socket.on('error', () => {});
  main.write(head);
  const [stdout, stderr] = [main.pipe(unframed()), errors.pipe(unframed())];
  main.once('close', () => stdout.end());
  errors.once('close', () => stderr.end());
  if (stdio === 'pipe') return { stdin: main, stdout, stderr, settled: async () => {} };
  process.stdin.pipe(main);
  stdout.pipe(process.stdout, { end: false });
  return {
    stdin: new PassThrough().end(),
    stdout: new PassThrough().end(),
    stderr,
    async settled() {
      await finished(stdout, { signal: AbortSignal.timeout(REST_MS) }).catch(() => {});
      process.stdin.unpipe(main).destroy();
    },
  };
}
