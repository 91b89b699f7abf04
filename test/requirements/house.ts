import { defineRequirements } from './define.ts';

export const houseRequirements = defineRequirements('HOUSE', [
  ['A file imports from its own folder or from a lower rank.', 'architecture: folders and ranks'],
  ['Across folders, only index.ts is imported.', 'architecture: folders and ranks'],
  ['There are no import cycles.', 'architecture: folders and ranks'],
  ['Each folder names what it shows.', 'architecture: folders and ranks'],
  ['Files are short: median under 60 lines, nine in ten under 200, none over 400.', 'contributing: code'],
  ['Every requirement is cited by at least one test, and every cited id is a requirement.', 'contributing: tests'],
  ['What is on disk is what is registered.', 'contributing: adding one of a kind'],
]);
