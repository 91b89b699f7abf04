import { readFileSync } from 'node:fs';
import { CrafterError } from '../../errors.ts';
import type { GenerateInput } from '../../spec/index.ts';
import { assetUrl } from '../../util/index.ts';

/** Where a module file comes from: the runtime, what recipes share, what mcp-crafter has itself, or a recipe's own folder. */
type Origin = { readonly kind: 'runtime' | 'shared' | 'util' } | { readonly kind: 'recipe'; readonly recipe: string };

interface Wanted {
  readonly file: string;
  readonly origin: Origin;
}

const importPattern = /(\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)'(#runtime\/|#shared\/|#util\/|\.\/)([\w-]+\.ts)'/g;

/**
 * The files of src/modules/: what was asked for, and all that these import, with imports made relative.
 * @throws CrafterError INTERNAL when two origins give files of the same name.
 */
export function collectModules(
  roots: { readonly runtime: readonly string[]; readonly recipes: readonly { recipe: string; file: string }[] },
  readModule: GenerateInput['readModule'],
): ReadonlyMap<string, string> {
  const pending: Wanted[] = [
    ...roots.runtime.map((file): Wanted => ({ file, origin: { kind: 'runtime' } })),
    ...roots.recipes.map(({ recipe, file }): Wanted => ({ file, origin: { kind: 'recipe', recipe } })),
  ];
  const found = new Map<string, { from: string; text: string }>();
  for (let wanted = pending.pop(); wanted; wanted = pending.pop()) {
    const from = nameOf(wanted.origin);
    const known = found.get(wanted.file);
    if (known?.from === from) continue;
    if (known) throw clash(wanted.file, known.from, from);
    const text = read(wanted, readModule);
    found.set(wanted.file, { from, text: text.replace(importPattern, "$1'./$3'") });
    for (const [, , prefix, file] of withoutContextParts(wanted, text).matchAll(importPattern)) {
      pending.push({ file: file!, origin: originOf(prefix!, wanted.origin) });
    }
    if (!isContext(wanted)) pending.push(...contextPartsIn(text));
  }
  return dropUnusedParts(new Map([...found].map(([file, { text }]) => [file, text])));
}

function read({ file, origin }: Wanted, readModule: GenerateInput['readModule']): string {
  if (origin.kind === 'recipe') return readModule(origin.recipe, file);
  if (origin.kind === 'shared') return readModule('', `#shared/${file}`);
  const folder = origin.kind === 'util' ? 'util' : 'languages/typescript/runtime';
  return readFileSync(assetUrl(`${folder}/${file}`), 'utf8');
}

function originOf(prefix: string, from: Origin): Origin {
  if (prefix === '#runtime/') return { kind: 'runtime' };
  if (prefix === '#util/') return { kind: 'util' };
  return prefix === '#shared/' ? { kind: 'shared' } : from;
}

function nameOf(origin: Origin): string {
  return origin.kind === 'recipe' ? `recipe ${origin.recipe}` : origin.kind;
}

/** context.ts names every part of the context; only those that something else brings in come along. */
const partExport = /^export type \{[^}]*\} from '\.\/((?:folder|fetch|secret)-context\.ts)';\n/gm;

const partTypes = {
  'folder-context.ts': /\b(?:FolderContext|Folders)\b/,
  'fetch-context.ts': /\bFetchContext\b/,
  'secret-context.ts': /\bSecretContext\b/,
};

function contextPartsIn(text: string): Wanted[] {
  return Object.entries(partTypes)
    .filter(([, type]) => type.test(text))
    .map(([file]) => ({ file, origin: { kind: 'runtime' } }));
}

function withoutContextParts(wanted: Wanted, text: string): string {
  return isContext(wanted) ? text.replace(partExport, '') : text;
}

function isContext({ file, origin }: Wanted): boolean {
  return file === 'context.ts' && origin.kind === 'runtime';
}

function dropUnusedParts(files: Map<string, string>): Map<string, string> {
  const context = files.get('context.ts');
  if (context === undefined) return files;
  const text = context.replace(partExport, (line, file: string) => (files.has(file) ? line : ''));
  return files.set('context.ts', text.replace(/^\n+/, ''));
}

function clash(file: string, one: string, other: string): CrafterError {
  return new CrafterError('INTERNAL', `Two modules are called ${file}: of ${one} and of ${other}.`, {
    hint: 'Rename one of them.',
  });
}
