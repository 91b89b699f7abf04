import type { Defence } from './define.ts';
import { without } from './sandbox-edits.ts';

const life = 'test/true/life/life.test.ts';
const commands = 'test/cli/commands.test.ts';
/** Makes the server that is deleted. */
const made = ['is built while status follows it'];

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
  without(
    'A value that is sealed already is no new one',
    [
      {
        file: 'src/pipeline/update.ts',
        from: 'filter(([name, value]) => sealed[name] !== value)',
        to: 'filter(([name, value]) => sealed[name] !== value || value !== name)',
      },
    ],
    life,
    ['TRUE-1'],
    ['formed: changes nothing'],
  ),
  {
    ...without(
      'With a server go its entries in clients',
      [
        {
          file: 'src/cli/operation.ts',
          from: 'disconnected: await disconnectAll(server, process.cwd()) };',
          to: "disconnected: server === '' ? await disconnectAll(server, process.cwd()) : [] };",
        },
      ],
      commands,
      ['TRUE-3'],
    ),
    along: made,
  },
  {
    ...without(
      'Entries that lead to another state folder stay',
      [
        {
          file: 'src/local/connect.ts',
          from: 'if (target.here && !leadsHere(present)) return result;',
          to: 'if (target.here && leadsHere(present) === undefined) return result;',
        },
      ],
      commands,
      ['TRUE-3'],
    ),
    along: made,
  },
  without(
    'The token of a server goes to who knows the way',
    [
      {
        file: 'src/verify/harness/relay.ts',
        from: 'if (given !== path) return',
        to: 'if (given === undefined) return',
      },
    ],
    'src/verify/harness/relay.test.ts',
    ['TRUE-CONFORM-6'],
  ),
];
