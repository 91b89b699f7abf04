import { defineRequirements } from './define.ts';

export const trueRequirements = defineRequirements('TRUE', [
  ['The same input again changes no file, record or process of a server, and is answered so.', 'update'],
  ['Deleting leaves nothing of a server: files, tables of any kind, processes, sockets.', 'readme: delete'],
  ['Deleting from the command line takes a server out of the clients that were connected to it.', 'readme: delete'],
]);
