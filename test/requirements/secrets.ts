import { defineRequirements } from './define.ts';

export const secretsRequirements = defineRequirements('SECRETS', [
  [
    'A secret stands in no file of the state folder, no table, no log and no output, whatever happens to it.',
    'readme: secrets',
  ],
  ['A key or password typed into words or code is refused before any of it is stored.', 'readme: secrets'],
  [
    'A secret stands on no command line, and in no environment but that of the server it was given to.',
    'readme: secrets',
  ],
  ['No process of mcp-crafter leaves its memory in a file when it crashes.', 'security'],
  ['The key is readable by its user only.', 'security'],
  [
    "The key moves into the system's keyring and back, lies nowhere else meanwhile, and is never lost on the way.",
    'security',
  ],
  ['Secrets that are kept with a plan go to what was planned, and to nothing else of its id.', 'security'],
]);
