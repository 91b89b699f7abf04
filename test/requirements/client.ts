import { defineRequirements } from './define.ts';

export const clientRequirements = defineRequirements('CLIENT', [
  ['Both eras are spoken over stdio, HTTP and unix sockets; the newest common one is found.', 'design: MCP'],
  ['Results are handed on as the server gave them, with progress, cancellation and time limits.', 'design: MCP'],
  ['What a server says is bounded, and its errors become ours.', 'design: house rules'],
  ['Raw probes tell what a server does at each point of an era, good or bad, and never throw for it.', 'design: MCP'],
  ['Foreign Hosts, foreign Origins and wrong tokens are probed for.', 'design: MCP'],
]);
