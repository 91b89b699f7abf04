import { defineRequirements } from './define.ts';

export const engineRequirements = defineRequirements('ENGINE', [
  ['a form with three tools becomes a verified server that runs and answers over HTTP', 'the main job'],
  ['an orchestration context becomes a server that puts a CSV file through its tools', 'the main job'],
  ['bad input is refused before a build exists, and nothing half done is left', 'bad input'],
  ['a first build that fails leaves no server, no folder and no secret', 'bad input'],
  ['a name that is taken is refused, also when two ask for it at once', 'bad input'],
  ['the same input again changes nothing', 'update'],
  ['a new version takes over only after it was tried; otherwise the old one goes on, and the reason is kept', 'update'],
  ['files that a person changed are not overwritten', 'update'],
  ['a server that dies is started again behind the same address', 'run'],
  ['servers that ran are running again after the service was closed and opened', 'run'],
  ['secrets of a form are sealed: no file of the state folder and no answer holds them', 'secrets'],
  ['a port in use is refused with a remedy', 'bad input'],
  ['deleting removes all that belongs to a server', 'run'],
  ['every operation and every field is described, and reads as a JSON Schema', 'operations are the spine'],
  ['restarts wait longer each time, and the log of a server is bounded', 'run'],
  ['a plan is kept, can be edited and passed back, and is executed', 'ways in'],
  ['what somebody must still write is named with the ways to supply it', 'ways in'],
  ['a build goes on after the service was closed and opened, and can be cancelled', 'builds are durable jobs'],
  [
    'the code of an ejected operation is the person’s: edits of it are built, and updates leave it',
    'design: OpenAPI, Makes',
  ],
]);
