import { defineRequirements } from './define.ts';

export const connectRequirements = defineRequirements('CONNECT', [
  ['A client starts servers by `mcp-crafter run NAME`; its file holds no secret.', 'readme: connect a client'],
  ['Connecting changes nothing else in a client’s file and keeps a backup.', 'readme: connect a client'],
  ['Disconnecting undoes connecting, byte for byte.', 'readme: connect a client'],
  ['A file that cannot be read, or an entry of another program, is left alone.', 'readme: connect a client'],
]);
