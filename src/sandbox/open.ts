import { CrafterError } from '../errors.ts';
import { spawnInBubblewrap } from './bubblewrap.ts';
import { controlGroupsWanted } from './control-group.ts';
import { probeSandbox, unavailable } from './probe.ts';
import { runToEnd } from './run.ts';
import type { Sandbox, SandboxConfig, SandboxOptions, SandboxedProcess } from './types.ts';
import { spawnUnprotected } from './unprotected.ts';

/**
 * The place where generated code runs. Really starts one sandbox to see that it can be had.
 * @throws CrafterError SANDBOX_UNAVAILABLE with what is missing and how to get it, unless `unsafe`; INVALID_INPUT.
 */
export async function openSandbox(config: SandboxConfig): Promise<Sandbox> {
  controlGroupsWanted();
  const probe = await probeSandbox();
  if (!probe.available && config.unsafe !== true) throw unavailable(probe);
  const launch = probe.available ? spawnInBubblewrap : spawnUnprotected;
  const spawn = async (options: SandboxOptions): Promise<SandboxedProcess> => {
    checkOptions(options);
    return launch(options, config.stateFolder);
  };
  return { kind: probe.available ? 'bubblewrap' : 'none', spawn, run: (options) => runToEnd(spawn, options) };
}

function checkOptions({ command, env, signal }: SandboxOptions): void {
  if (signal?.aborted === true)
    throw new CrafterError('CANCELLED', 'Cancelled before it started.', { hint: 'Start it again.' });
  const name = Object.keys(env ?? {}).find((key) => key === '' || key.includes('='));
  if (command.length > 0 && name === undefined) return;
  throw new CrafterError(
    'INVALID_INPUT',
    name === undefined ? 'No command to run.' : `${JSON.stringify(name)} is no variable name.`,
    {
      hint: 'Give a program, and variable names without `=`.',
    },
  );
}
