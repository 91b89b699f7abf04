import { constants } from 'node:fs';
import { access, chmod, copyFile, link, mkdir, readFile, readdir, stat, symlink } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';

export async function takeTree(from: string, to: string): Promise<void> {
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
export async function makeLinks(native: string, to: string): Promise<void> {
  const listed = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(listed) as { source: string; target: string }[]) {
    const place = join(to, relative('native', target));
    if (!(await exists(place))) await symlink(basename(source), place);
  }
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
