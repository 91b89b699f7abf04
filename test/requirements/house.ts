import { defineRequirements } from './define.ts';

export const houseRequirements = defineRequirements('HOUSE', [
  ['A file imports from its own folder or from a lower rank.', 'architecture: folders and ranks'],
  ['Across folders, only index.ts is imported.', 'architecture: folders and ranks'],
  ['There are no import cycles.', 'architecture: folders and ranks'],
  ['Each folder names what it shows.', 'architecture: folders and ranks'],
  ['Files are short: median under 60 lines, nine in ten under 200, none over 400.', 'contributing: code'],
  ['Every requirement is cited by at least one test, and every cited id is a requirement.', 'contributing: tests'],
  ['What is on disk is what is registered.', 'contributing: adding one of a kind'],
  ['Every source keeps to what all sources promise, every target to what all targets do.', 'contributing: conformance'],
  [
    '`npm run new` makes one of a kind that passes types, lint and tests as it is.',
    'contributing: adding one of a kind',
  ],
  ['The lists and tables of the README are those of the code.', 'readme'],
  ['Every example makes a verified server.', 'readme: examples'],
  ['Each promise on security names a test that is there.', 'docs: security'],
  [
    'Each requirement of security and durability has a defence that can be taken out to see its tests fail.',
    'contributing: tests',
  ],
]);
