import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Packs the product and installs it into an empty folder as a user would; gives the installed program. */
export function installPacked(folder: string): string {
  const env = { ...process.env, HOME: join(folder, 'home'), npm_config_update_notifier: 'false' };
  mkdirSync(env.HOME);
  const run = (words: readonly string[], cwd: string): string =>
    execFileSync('npm', words, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const packed = run(['pack', '--loglevel=error', '--pack-destination', folder], root);
  const tarball = join(folder, packed.trim().split('\n').at(-1) ?? '');
  run(['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder, tarball], folder);
  return join(folder, 'node_modules', '.bin', 'mcp-crafter');
}
