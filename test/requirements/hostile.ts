import { defineRequirements } from './define.ts';

export const hostileRequirements = defineRequirements('HOSTILE', [
  ['A tool that reaches for what it was not granted gets nothing, whatever way it takes.', 'docs: security'],
  ['Whatever a tool does, the service and the servers beside its own go on as before.', 'docs: security'],
  [
    'A tool that takes all it can get is held to its limits, and its server comes back or says why not.',
    'docs: security',
  ],
  ['What a tool says, in answers and in logs, changes neither records nor terminals.', 'docs: security'],
  ['Stopping a server ends all it has started, whether it wants to or not.', 'docs: security'],
  ['Code that attacks the tools it is built with gets nothing, and the build says what is wrong.', 'docs: security'],
  ['Once a server ran without a sandbox, each later report about it says so.', 'docs: security'],
  ['What a tool changes in its own process, and leaves in temporary folders, no other server sees.', 'docs: security'],
]);
