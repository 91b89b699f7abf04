import { defineRequirements } from './define.ts';

export const mcpRequirements = defineRequirements('MCP', [
  ['Both eras list the same tools, each field described, in at most 4,500 tokens.', 'readme: for agents'],
  ['An agent makes, verifies and calls a server with the tools alone.', 'readme: for agents'],
  ['The documented example call works; what this version lacks is named.', 'readme: for agents'],
  ['Each usual mistake is answered with the field, what is wrong and what to do.', 'readme: for agents'],
  ['Answers name tools, not commands, for whatever a tool can do.', 'readme: for agents'],
  ['What no recipe covers is made by sending its code beside the same request.', 'readme: for agents'],
  ['A change names only what changes; the rest of the tool stays.', 'readme: for agents'],
  ['Rows stay in the server: datasets go from tool to tool by name.', 'design: data between tools'],
  ['Answers are short: of a report they hold what is not well.', 'readme: for agents'],
  ['Code that calls a host which is not granted is told which grant it needs, with bare fetch too.', 'design: egress'],
  ['A secret that code reads is sealed, however it is named, and stands in no answer and no file.', 'design: secrets'],
]);
