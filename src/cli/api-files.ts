import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { CrafterError } from '../errors.ts';
import { externalReferences, resolveReference } from '../util/index.ts';

/** The largest documents that are kept in parts have some 3,000. */
const maxFiles = 5000;
/** Most bytes of a document with all that it refers to. */
const maxBytes = 32 * 1024 * 1024;

/** A text in which the mark of an API document stands somewhere; whether it is one, its reader says. */
const mark = /["']?\b(?:openapi|swagger)["']?\s*:/;

/**
 * Where an API document lies and the files that it refers to, also by way of others, as the input takes them: the
 * service does not know the caller's files. Only what lies in the document's own folder is read, once symbolic links are
 * resolved, and no hidden file; what is missing or lies elsewhere the reader remarks. Nothing for a document that is no API's.
 * @throws CrafterError INPUT_TOO_LARGE for too many or too large files.
 */
export async function apiFiles(file: string, text: string): Promise<Record<string, unknown>> {
  if (!mark.test(text)) return {};
  const path = realpathSync(file);
  const folder = dirname(path);
  const files: Record<string, string> = {};
  const missing: Record<string, string> = {};
  const pending: [location: string, text: string][] = [[path, text]];
  let bytes = Buffer.byteLength(text);
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const [location, content] = next;
    for (const reference of await referencesOf(content)) {
      const target = resolveReference(reference, location);
      if (target === undefined || !target.startsWith('/') || target === path || Object.hasOwn(files, target)) continue;
      const size = sizeInside(folder, target);
      if (typeof size === 'string') missing[target] = size;
      if (typeof size !== 'number') continue;
      bytes += size;
      if (Object.keys(files).length >= maxFiles || bytes > maxBytes) throw tooMuch();
      files[target] = readFileSync(target, 'utf8');
      pending.push([target, files[target]]);
    }
  }
  return {
    document_path: path,
    ...(Object.keys(files).length === 0 ? {} : { document_files: files }),
    ...(Object.keys(missing).length === 0 ? {} : { document_missing: missing }),
  };
}

/** Most documents refer to nothing else: they are not parsed here. */
async function referencesOf(text: string): Promise<string[]> {
  if (externalReferences(text).length === 0) return [];
  const { referencesIn } = await import('../operations/index.ts');
  return referencesIn(text);
}

/** Size in bytes of a file in the folder; why it is not read when it lies elsewhere or is hidden; undefined when there is none. */
function sizeInside(folder: string, target: string): number | string | undefined {
  let real: string;
  try {
    real = realpathSync(target);
  } catch {
    return undefined;
  }
  const way = relative(folder, real);
  const parts = way.split(sep);
  if (parts[0] === '..')
    return isBelow(target, folder)
      ? "is not read: by a symbolic link it leads out of the document's folder"
      : "is not read: it lies outside of the document's folder";
  if (parts.some((part) => part.startsWith('.'))) return 'is not read: hidden files are not';
  const status = statSync(real, { throwIfNoEntry: false });
  return status?.isFile() === true ? status.size : undefined;
}

const isBelow = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);

const tooMuch = (): CrafterError =>
  new CrafterError(
    'INPUT_TOO_LARGE',
    `The document refers to more than ${maxFiles} files, or to more than ${maxBytes / 1024 / 1024} MB.`,
    {
      hint: 'Bundle what the server needs into one document.',
    },
  );
