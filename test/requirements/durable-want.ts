import { defineRequirements } from './define.ts';

export const durableWantRequirements = defineRequirements('DURABLE-WANT', [
  ['A backup, restored into an empty folder, is the state: servers answer, secrets open, builds are known.', 'durable'],
  ['A backup can be read by its user only, and replaces no file.', 'durable'],
  ['A backup is restored into an empty folder only.', 'durable'],
  ['What is restored is data from outside: what is no sound backup is refused, and leaves nothing.', 'durable'],
]);
