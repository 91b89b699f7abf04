import type { Defence } from './define.ts';
import { without } from './sandbox-edits.ts';

const life = 'test/true/life/life.test.ts';

export const defences: readonly Defence[] = [
  without(
    'What a server is made of is compared before anything is built',
    [
      {
        file: 'src/pipeline/update.ts',
        from: '    sameServer(record.blueprint,',
        to: '    !sameServer(record.blueprint,',
      },
    ],
    life,
    ['TRUE-1'],
    ['formed: changes nothing'],
  ),
  {
    ...without(
      'With a server goes its history',
      [{ file: 'src/pipeline/remove.ts', from: '  await crafter.builds.forget(name);\n', to: '' }],
      life,
      ['TRUE-2'],
    ),
    along: ['[TRUE-1]'],
  },
];
