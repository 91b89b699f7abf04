import { readFileSync } from 'node:fs';
import { noFolder } from './orphans.ts';
import { runToEnd } from './run.ts';
import type { SandboxOptions, SandboxedProcess } from './types.ts';

/** Starts a program contained. */
export type Launch = (options: SandboxOptions, stateFolder: string) => Promise<SandboxedProcess>;

/** Why there is no sandbox of a kind, as a sentence, and what to do about it, with the one command where there is one. */
export interface Lack {
  readonly reason: string;
  readonly remedy: string;
}

/** Named by the kernel at each start of the machine: random(4). */
const bootId = '/proc/sys/kernel/random/boot_id';

/**
 * Really starts one sandbox: it has to run this Node, on this kernel.
 * @returns the last words of the one that failed; undefined when it went well.
 */
export async function trial(launch: Launch): Promise<string | undefined> {
  try {
    const run = await runToEnd((options) => launch(options, noFolder), {
      command: ['/bin/sh', '-c', `/node/bin/node --version && cat ${bootId}`],
      limits: { seconds: 20 },
    });
    if (run.code === 0 && run.stdout === `${process.version}\n${readFileSync(bootId, 'utf8')}`) return undefined;
    return run.stderr.trim().split('\n').at(-1) || `it ended with ${run.code ?? run.signal} and no message.`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
