import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordinaryUser } from '../test/support/ordinary-user.ts';
import { installPacked } from '../test/support/packed.ts';

/**
 * Runs tests on the product as it is packed and installed, and not on this checkout's sources:
 * `node scripts/packed-tests.ts [--ordinary-user] [--no-control-groups] [what vitest understands]`.
 */
const flags = ['--ordinary-user', '--no-control-groups'];
const [asOrdinary, withoutGroups] = flags.map((flag) => process.argv.includes(flag));
const words = process.argv.slice(2).filter((word) => !flags.includes(word));

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'packed-'));
// Not around what the tests make: the product takes a folder with packages for the project of what lies below.
const product = join(folder, 'product');
try {
  mkdirSync(product);
  // The database and ordinary users reach the program here.
  chmodSync(folder, 0o755);
  const env: NodeJS.ProcessEnv = { ...process.env, MCP_CRAFTER_UNDER_TEST: installPacked(product) };
  if (withoutGroups) env['MCP_CRAFTER_CONTROL_GROUPS'] = 'off';
  const user = asOrdinary ? ordinaryUser(folder, root) : { words: [], env: {} };
  // Who may not write into the checkout keeps no caches there.
  const readOnly = ['--configLoader', 'native', '--fsModuleCache=false'];
  const [program = '', ...rest] = [...user.words, 'vitest', 'run', ...readOnly, ...words];
  process.exitCode =
    spawnSync(program, rest, { cwd: root, env: { ...env, ...user.env }, stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
