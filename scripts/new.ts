import { cpSync, existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { camelCase, kebabCase, pascalCase, sentenceCase, snakeCase } from '../src/util/index.ts';

/** `npm run new KIND NAME`: copies the kind's skeleton under a new name and registers it. */
interface Kind {
  /** Folder that holds one folder for each of the kind. */
  readonly folder: string;
  /** File with the list, and how it imports one of the kind. */
  readonly list: string;
  readonly importPath: (name: string) => string;
  /** Start of the list's declaration. */
  readonly declaration: RegExp;
  /** How folders of this kind are written. */
  readonly folderName: (text: string) => string;
  readonly then: string;
}

const kinds: Readonly<Record<string, Kind>> = {
  recipe: {
    folder: 'src/library/recipes',
    list: 'src/library/list.ts',
    importPath: (name) => `./recipes/${name}/index.ts`,
    declaration: /export const recipes: readonly Recipe\[\] = \[/,
    folderName: kebabCase,
    then: 'Write the handler, its words and examples; the test beside it runs the conformance suite.',
  },
  check: {
    folder: 'src/verify/checks',
    list: 'src/verify/checks/index.ts',
    importPath: (name) => `./${name}/index.ts`,
    declaration: /export const checks: readonly Check\[\] = \[/,
    folderName: snakeCase,
    then: 'Say what it looks at, and give it a server that passes and one that fails.',
  },
  source: {
    folder: 'src/sources',
    list: 'src/sources/read.ts',
    importPath: (name) => `./${name}/index.ts`,
    declaration: /export const sources: readonly Source\[\] = \[/,
    folderName: kebabCase,
    then: 'Add the kind to sourceKinds in src/spec/words.ts, then recognise and read it.',
  },
};

const root = join(import.meta.dirname, '..');
const [kindName = '', wished = ''] = process.argv.slice(2);
const kind = kinds[kindName];
if (kind === undefined || camelCase(wished) === '') {
  process.stderr.write(`Usage: npm run new KIND NAME\n  KIND: ${Object.keys(kinds).join(', ')}\n  NAME: for example currency-converter\n`);
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
  process.stdout.write(`${of.folder}/${name} is made and registered in ${of.list}.\n${of.then}\nTry it: npx vitest run ${of.folder}/${name}\n`);
}

function fill(text: string, name: string): string {
  return text
    .replaceAll('__kebab__', kebabCase(name))
    .replaceAll('__snake__', snakeCase(name))
    .replaceAll('__camel__', camelCase(name))
    .replaceAll('__Pascal__', pascalCase(name))
    .replaceAll('__title__', sentenceCase(kebabCase(name).replaceAll('-', ' ')));
}

/** One import after the others, one line at the list's start: the formatter and the reviewer do the rest. */
function register(of: Kind, name: string, identifier: string): void {
  const file = join(root, of.list);
  const text = readFileSync(file, 'utf8');
  const lastImport = text.lastIndexOf('\nimport ');
  const end = text.indexOf('\n', text.indexOf(' from ', lastImport)) + 1;
  const withImport = `${text.slice(0, end)}import { ${identifier} } from '${of.importPath(name)}';\n${text.slice(end)}`;
  writeFileSync(file, withImport.replace(of.declaration, (start) => `${start}\n  ${identifier},`));
}
