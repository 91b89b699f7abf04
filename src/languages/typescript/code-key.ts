import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readPlain } from '../../sandbox/index.ts';
import { sha256, version } from '../../util/index.ts';

/** Files of a project that its server reads as it starts. */
export const dataFiles = ['src/api.json', 'src/settings.json'];

/** What tools that look at code do not read, unless the code itself takes JSON in. */
const besideCode = new Set([
  ...dataFiles,
  '.env.example',
  'README.md',
  'THIRD_PARTY.md',
  'mcp-crafter.json',
  'openapi-overlay.yaml',
  'package-lock.json',
  'sbom.cdx.json',
  'server.json',
  'tests/examples.json',
]);
const isCode = /\.[cm]?[jt]sx?$/;
/** An import of JSON, or one whose text does not say of what. What is read when the server runs, no tool looks into. */
const mayTakeIn = /\b(?:from|import)\s*\(?\s*(?:['"][^'"]*\.json['"]|\/[*/])|\bimport\(\s*[^'"\s]|\brequire\s*\(/;

/** A project as it was generated is smaller. */
const most = { files: 2000, bytes: 128 * 1024 * 1024 };

/**
 * SHA-256 of all that a look at a project's code comes from: the code itself, its dependencies, and the tools with their
 * options. Servers whose operations are data have the same. Undefined where more than that could matter.
 * @param tools Versions and options, as JSON has them. @param dependencies Digest of the set.
 */
export async function codeKey(projectDir: string, dependencies: string, tools: unknown): Promise<string | undefined> {
  const paths = await filesBelow(projectDir);
  if (paths === undefined || paths.length > most.files) return undefined;
  const hash = createHash('sha256').update(JSON.stringify([version, tools, dependencies]));
  const data: string[] = [];
  let takesIn = false;
  let bytes = 0;
  for (const path of paths.toSorted()) {
    const found = await readPlain(join(projectDir, path), most.bytes - bytes);
    bytes += found?.size ?? Infinity;
    if (found === undefined || bytes > most.bytes) return undefined;
    const content = found.bytes;
    const part = JSON.stringify([path, sha256(path === 'package.json' ? withoutName(content.toString()) : content)]);
    if (besideCode.has(path)) data.push(part);
    else hash.update(part);
    takesIn ||= isCode.test(path) && mayTakeIn.test(content.toString());
  }
  return hash.update(takesIn ? data.join('') : '').digest('hex');
}

/** Relative paths of all files; undefined where links or installed packages lead the tools to others. */
async function filesBelow(folder: string): Promise<string[] | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const plain = entries.every((entry) => entry.name !== 'node_modules' && (entry.isFile() || entry.isDirectory()));
  if (!plain) return undefined;
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** A package's name says nothing to tools, unless it exports something to itself. */
function withoutName(text: string): string {
  try {
    const { name: _name, version: _version, description: _description, ...rest } = JSON.parse(text);
    return 'exports' in rest ? text : JSON.stringify(rest);
  } catch {
    return text;
  }
}
