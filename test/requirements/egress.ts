import { defineRequirements } from './define.ts';

export const egressRequirements = defineRequirements('EGRESS', [
  ['Where a connection may go is decided before any is made, by every address that its name has.', 'design: egress'],
  ['A name is looked up once for each connection, which goes to the very address that was judged.', 'design: egress'],
  ['Where a request goes is what its own line says; what it carries beside cannot turn it elsewhere.', 'design: egress'],
  ['Slow clients, huge headers and many connections are ended, and others are served meanwhile.', 'design: egress'],
  ['Databases and mail reach granted hosts by the libraries that servers use, and no other host.', 'design: egress'],
  ['Requests, bytes and hosts are counted for each server, and what was refused stands in its log.', 'design: egress'],
  ['What was granted can be taken back.', 'design: grants'],
  ['What is taken back holds at once, whether or not a next version passes.', 'docs: security'],
  ['A run on a terminal ends when something it was granted is taken back, or its server deleted.', 'docs: security'],
  ['What a document grants the server that is made of it is told whoever orders it.', 'docs: security'],
  ['A granted folder is the one that its path led to when it was granted.', 'docs: security'],
]);
