import { spawnInBubblewrap } from './bubblewrap.ts';
import { findProgram, runsAsRoot } from './host.ts';
import { trial, type Lack } from './trial.ts';

/** Why bubblewrap cannot be used here; undefined when it can. */
export async function lackOfBubblewrap(): Promise<Lack | undefined> {
  const tools = [
    ['bwrap', 'bubblewrap'],
    ['prlimit', 'util-linux'],
    ...(runsAsRoot() ? ([['setpriv', 'util-linux']] as const) : []),
  ] as const;
  const missing = tools.find(([program]) => findProgram(program) === undefined);
  if (missing !== undefined) {
    const [program, name] = missing;
    const what = program === 'bwrap' ? name : program;
    return { reason: `${what} is not installed.`, remedy: `Run: ${installCommand(name)}` };
  }
  const detail = await trial(spawnInBubblewrap);
  if (detail === undefined) return undefined;
  const namespaces = /namespace|uid map|Operation not permitted|No permissions/i.test(detail);
  return {
    reason: `bubblewrap is installed but cannot start a sandbox: ${detail}`,
    remedy: namespaces
      ? 'Allow user namespaces: sysctl -w kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0 (whichever exists); in a container, start it with --security-opt seccomp=unconfined --cap-add SYS_ADMIN.'
      : 'Run: mcp-crafter doctor',
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
