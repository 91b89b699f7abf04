import type { Defence, Edit } from './define.ts';
import { hostFiles, without } from './sandbox-edits.ts';

const typesIgnored = { file: 'src/languages/typescript/check.ts', from: '...readTypes(types), ', to: '' };
const hostile = (promise: string, edits: readonly Edit[], titles: readonly string[]): Defence =>
  without(promise, edits, 'test/contained/hostile/building.test.ts', ['HOSTILE-6'], titles);

export const defences: readonly Defence[] = [
  hostile('Type checker and linter see no folders of the host', hostFiles, [
    'a project folder whose settings lead to files of the host',
  ]),
  hostile(
    'The bundler sees no folders of the host, nor what the type checker refuses',
    [...hostFiles, typesIgnored],
    ['imports a file of the host by its absolute path', 'imports a file of the host by climbing'],
  ),
  hostile(
    'What the type checker says fails a build',
    [typesIgnored],
    ['doubles a type a billion times', 'asks for a union of four billion words'],
  ),
  hostile(
    'Nesting of code is bounded before parsers see it',
    [{ file: 'src/languages/typescript/nesting.ts', from: 'mostDepth = 500', to: 'mostDepth = 5_000_000' }],
    ['nests 20,000 lists'],
  ),
  hostile(
    'Names of packages are no places and no options',
    [
      {
        file: 'src/sources/form/dependencies.ts',
        from: '} else if (!packageName.test(name) || name.length > 214) {',
        to: '} else if (name.length > 214) {',
      },
    ],
    [
      'a folder of the host is',
      'a link to one is',
      'an address is',
      'a repository is',
      'an option of the installer is',
    ],
  ),
];
