import { defineRequirements } from './define.ts';

export const durableWantRequirements = defineRequirements('DURABLE-WANT', [
  ['A backup, restored into an empty folder, is the state: servers answer, secrets open, builds are known.', 'durable'],
  ['A backup can be read by its user only, and replaces no file.', 'durable'],
  ['A backup is restored into an empty folder only.', 'durable'],
  ['What is restored is data from outside: what is no sound backup is refused, and leaves nothing.', 'durable'],
  ['A full disk is named; what was accepted is there, and work goes on when there is room again.', 'durable'],
  ['A state folder that cannot be written to ends the start with what to do, and harms nothing.', 'durable'],
  ['A clock that is set back holds up no build.', 'durable'],
  ['1,024 open files are enough; where all are used, the service lives on.', 'durable'],
  ['A slow database slows builds; one that says nothing is named, and builds under way wait for it.', 'durable'],
  ['Tables of every earlier version come up to date with their rows.', 'durable'],
  ['Many builds at once all succeed, with true progress, in bounded memory, standing back for other work.', 'durable'],
  ['Cancelling works at every stage: a build ends once, and a server is whole or not there.', 'durable'],
  ['Rows of a backup are what mcp-crafter writes, or it is refused; what it grants is told before anything starts.', 'durable'],
]);
