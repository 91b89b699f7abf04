import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { RunResult, SandboxOptions, SandboxedProcess } from './types.ts';

const DEFAULT_OUTPUT = 1024 * 1024;
/** What is run to its end is work of builds: it must not hold up the machine, nor servers that answer somebody. */
export const BUILD_NICENESS = 10;

/** Runs a program to its end and keeps the beginning of what it prints. */
export async function runToEnd(
  spawn: (options: SandboxOptions) => Promise<SandboxedProcess>,
  options: SandboxOptions & { readonly input?: string },
): Promise<RunResult> {
  const started = performance.now();
  const limit = options.limits?.outputBytes ?? DEFAULT_OUTPUT;
  const limits = { niceness: BUILD_NICENESS, ...options.limits };
  const child = await spawn({ ...options, limits, stdio: 'pipe' });
  child.stdin.end(options.input ?? '');
  const [stdout, stderr, exit] = await Promise.all([
    collect(child.stdout, limit),
    collect(child.stderr, limit),
    child.exited,
  ]);
  return {
    ...exit,
    stdout: stdout.text,
    stderr: stderr.text,
    truncated: stdout.truncated || stderr.truncated,
    milliseconds: performance.now() - started,
  };
}

/** Reads on past the limit, so that the program is not held up by a full pipe. */
async function collect(stream: Readable, limit: number): Promise<{ text: string; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size < limit) chunks.push(chunk.subarray(0, limit - size));
    size += chunk.length;
  });
  await finished(stream).catch(() => {});
  return { text: Buffer.concat(chunks).toString('utf8'), truncated: size > limit };
}
