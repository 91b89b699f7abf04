import { cpSync, existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { camelCase, kebabCase, pascalCase, sentenceCase, snakeCase } from '../src/util/index.ts';

/** `npm run new KIND NAME`: copies the kind's skeleton under a new name and registers it. */
interface Kind {
  /** Folder that holds one folder for each of the kind. */
  readonly folder: string;
  /** How folders of this kind are written. */
  readonly folderName: (text: string) => string;
  /** File with the list, where the list begins, and how it imports one of the kind. */
  readonly list: string;
  readonly declaration: string;
  readonly importPath: (name: string) => string;
  /** Another list that names it. */
  readonly named?: { readonly file: string; readonly declaration: string };
  readonly next: string;
}

const kinds: Readonly<Record<string, Kind>> = {
  recipe: {
    folder: 'src/library/recipes',
    folderName: kebabCase,
    list: 'src/library/list.ts',
    declaration: 'export const recipes: readonly Recipe[] = [',
    importPath: (name) => `./recipes/${name}/index.ts`,
    next: 'Write the handler, its words and examples. It is a working tool already: it turns a text around.',
  },
  check: {
    folder: 'src/verify/checks',
    folderName: snakeCase,
    list: 'src/verify/checks/index.ts',
    declaration: 'export const checks: readonly Check[] = [',
    importPath: (name) => `./${name}/index.ts`,
    next: 'Write what it looks at, with a server that passes and one that fails. It asks for descriptions now.',
  },
  source: {
    folder: 'src/sources',
    folderName: kebabCase,
    list: 'src/sources/read.ts',
    declaration: 'export const sources: readonly Source[] = [',
    importPath: (name) => `./${name}/index.ts`,
    named: { file: 'src/spec/words.ts', declaration: 'export const sourceKinds = [' },
    next: 'Write how it recognises and reads its documents. It reads lines that begin with a hyphen now.',
  },
};

const root = join(import.meta.dirname, '..');
const [kindName = '', wished = ''] = process.argv.slice(2);
const kind = Object.hasOwn(kinds, kindName) ? kinds[kindName] : undefined;
if (kind === undefined || !/^[a-z]/.test(camelCase(wished))) {
  const known = Object.keys(kinds).join(', ');
  process.stderr.write(`Usage: npm run new KIND NAME\n  KIND: ${known}\n  NAME: for example currency-converter\n`);
  process.exit(2);
}
create(kind, wished);

function create(of: Kind, text: string): void {
  const name = of.folderName(text);
  const target = join(root, of.folder, name);
  if (existsSync(target)) {
    process.stderr.write(`${of.folder}/${name} exists already; choose another name.\n`);
    process.exit(4);
  }
  cpSync(join(root, 'scripts', 'skeletons', kindName), target, { recursive: true });
  for (const file of readdirSync(target)) {
    const path = join(target, file);
    writeFileSync(path, fill(readFileSync(path, 'utf8'), text));
    renameSync(path, join(target, fill(file, text).replace(/\.txt$/, '')));
  }
  register(of, name, camelCase(text));
  process.stdout.write(`${of.folder}/${name} is made and registered in ${of.list}.\n${of.next}\n`);
  process.stdout.write(`Try it: npx vitest run ${of.folder}/${name}\n`);
}

function fill(text: string, name: string): string {
  return text
    .replaceAll('__kebab__', kebabCase(name))
    .replaceAll('__snake__', snakeCase(name))
    .replaceAll('__camel__', camelCase(name))
    .replaceAll('__Pascal__', pascalCase(name))
    .replaceAll('__title__', sentenceCase(kebabCase(name).replaceAll('-', ' ')));
}

/** One import after the others, one entry at the list's start: the formatter and the reviewer do the rest. */
function register(of: Kind, name: string, identifier: string): void {
  edit(of.list, (text) => {
    const end = text.indexOf('\n', text.indexOf(' from ', text.lastIndexOf('\nimport '))) + 1;
    const importLine = `import { ${identifier} } from '${of.importPath(name)}';\n`;
    return insert(text.slice(0, end) + importLine + text.slice(end), of.declaration, identifier);
  });
  const { named } = of;
  if (named !== undefined) edit(named.file, (text) => insert(text, named.declaration, `'${name}'`));
}

function insert(text: string, declaration: string, entry: string): string {
  if (!text.includes(declaration))
    throw new Error(`The list “${declaration}” is gone; say in scripts/new.ts where it is.`);
  const inLine = text.slice(text.indexOf(declaration) + declaration.length)[0] !== '\n';
  return text.replace(declaration, inLine ? `${declaration}${entry}, ` : `${declaration}\n  ${entry},`);
}

function edit(file: string, change: (text: string) => string): void {
  const path = join(root, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}
