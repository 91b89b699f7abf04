import { CrafterError } from '../errors.ts';
import { findSandbox, unavailable } from './probe.ts';
import { runToEnd } from './run.ts';
import type { Sandbox, SandboxConfig, SandboxOptions, SandboxedProcess } from './types.ts';
import { spawnUnprotected } from './unprotected.ts';

/**
 * The place where generated code runs. Really starts one sandbox to see that it can be had.
 * @throws CrafterError SANDBOX_UNAVAILABLE with what is missing and how to get it, unless `unsafe`; INVALID_INPUT when
 * the environment asks for what there is not.
 */
export async function openSandbox(config: SandboxConfig): Promise<Sandbox> {
  const found = await findSandbox();
  const contained = 'launch' in found;
  if (!contained && config.unsafe !== true) throw unavailable(found);
  const launch = contained ? found.launch : spawnUnprotected;
  const spawn = async (options: SandboxOptions): Promise<SandboxedProcess> => {
    checkOptions(options);
    return launch(options, config.stateFolder);
  };
  return { kind: contained ? found.kind : 'none', spawn, run: (options) => runToEnd(spawn, options) };
}

function checkOptions({ command, env = {}, signal }: SandboxOptions): void {
  if (signal?.aborted === true)
    throw new CrafterError('CANCELLED', 'Cancelled before it started.', { hint: 'Start it again.' });
  if (command.length === 0) throw new CrafterError('INVALID_INPUT', 'No command to run.', { hint: 'Give a program.' });
  const name = Object.keys(env).find((key) => key === '' || key.includes('='));
  if (name !== undefined)
    throw new CrafterError('INVALID_INPUT', `${JSON.stringify(name)} is no variable name.`, {
      hint: 'Give variable names without `=`.',
    });
  if ([...command, ...Object.entries(env).flat()].some((word) => word.includes('\0')))
    throw new CrafterError('INVALID_INPUT', 'A word or environment value for the sandbox holds a NUL character.', {
      hint: 'Remove it.',
    });
}
