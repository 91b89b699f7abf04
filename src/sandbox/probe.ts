import { CrafterError } from '../errors.ts';
import { spawnInBubblewrap } from './bubblewrap.ts';
import { findProgram, runsAsRoot } from './host.ts';
import { runToEnd } from './run.ts';
import { seccompFilter } from './seccomp.ts';

export interface SandboxProbe {
  readonly available: boolean;
  /** What is missing, as a sentence; empty when available. */
  readonly reason: string;
  /** What to do about it, with the one command where there is one; empty when available. */
  readonly remedy: string;
}

const MORE = 'Or allow unprotected runs by name: mcp-crafter serve --unsafe-no-sandbox';

/** Whether generated code can be run in a sandbox here: looks for the programs, then really starts one. */
export async function probeSandbox(): Promise<SandboxProbe> {
  const missing = missingPart();
  if (missing !== undefined) return missing;
  try {
    const run = await runToEnd((options) => spawnInBubblewrap(options, '/nonexistent'), {
      command: ['/node/bin/node', '--version'],
      limits: { seconds: 20 },
    });
    if (run.code === 0 && run.stdout.trim() === process.version) return { available: true, reason: '', remedy: '' };
    return startFailure(run.stderr.trim().split('\n').at(-1) ?? '');
  } catch (error) {
    return startFailure(error instanceof Error ? error.message : String(error));
  }
}

function missingPart(): SandboxProbe | undefined {
  const no = (reason: string, remedy: string): SandboxProbe => ({ available: false, reason, remedy });
  if (process.platform !== 'linux')
    return no('The sandbox needs Linux.', `Run mcp-crafter in a Linux virtual machine. ${MORE}`);
  if (seccompFilter() === undefined) return no(`There is no system call filter for ${process.arch} processors.`, MORE);
  if (findProgram('bwrap') === undefined)
    return no('bubblewrap is not installed.', `Run: ${installCommand('bubblewrap')}`);
  const tools = runsAsRoot() ? ['prlimit', 'setpriv'] : ['prlimit'];
  const tool = tools.find((name) => findProgram(name) === undefined);
  return tool === undefined ? undefined : no(`${tool} is not installed.`, `Run: ${installCommand('util-linux')}`);
}

function startFailure(detail: string): SandboxProbe {
  const namespaces = /namespace|uid map|Operation not permitted|No permissions/i.test(detail);
  return {
    available: false,
    reason: `bubblewrap is installed but cannot start a sandbox: ${detail || 'no message'}`,
    remedy: namespaces
      ? 'Allow user namespaces: sysctl -w kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0 (whichever exists); in a container, start it with --security-opt seccomp=unconfined --cap-add SYS_ADMIN.'
      : MORE,
  };
}

/** The one command that installs a package, for the system's own installer. */
function installCommand(name: string): string {
  const sudo = runsAsRoot() ? '' : 'sudo ';
  if (findProgram('apt-get') !== undefined) return `${sudo}apt-get install -y ${name}`;
  if (findProgram('dnf') !== undefined) return `${sudo}dnf install -y ${name}`;
  if (findProgram('pacman') !== undefined) return `${sudo}pacman -S --noconfirm ${name}`;
  if (findProgram('apk') !== undefined) return `${sudo}apk add ${name}`;
  if (findProgram('zypper') !== undefined) return `${sudo}zypper install -y ${name}`;
  return `install the package ${name}`;
}

export const unavailable = (probe: SandboxProbe): CrafterError =>
  new CrafterError('SANDBOX_UNAVAILABLE', `Generated code cannot be run safely: ${probe.reason}`, {
    hint: probe.remedy,
  });
