import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CrafterError } from '../../errors.ts';
import type { Mount } from '../../sandbox/index.ts';

/** The registry that npm is set up with on this machine. @throws CrafterError MISSING_PREREQUISITE without npm. */
export async function configuredRegistry(): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry'], { cwd: '/' }).catch(() => {
    throw npmMissing();
  });
  const registry = stdout.trim();
  if (URL.canParse(registry)) return registry;
  throw new CrafterError('MISSING_PREREQUISITE', 'npm is set up with a registry that is no URL.', {
    hint: 'Set it with: npm config set registry URL',
  });
}

/** npm as the machine has it: already visible below /usr, else brought in. */
export async function npmProgram(): Promise<{ program: string; mounts: readonly Mount[] }> {
  for (const folder of (process.env['PATH'] ?? '').split(':')) {
    const program = await realpath(join(folder, 'npm')).catch(() => undefined);
    if (program === undefined || !program.endsWith('.js')) continue;
    if (program.startsWith('/usr/')) return { program, mounts: [] };
    const root = dirname(dirname(program));
    return { program: `/npm${program.slice(root.length)}`, mounts: [{ source: root, target: '/npm', access: 'read' }] };
  }
  throw npmMissing();
}

function npmMissing(): CrafterError {
  return new CrafterError(
    'MISSING_PREREQUISITE',
    'npm is needed for dependencies that mcp-crafter does not have itself.',
    { hint: 'Install npm, or leave the dependency out.' },
  );
}
