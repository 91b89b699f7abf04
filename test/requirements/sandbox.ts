import { defineRequirements } from './define.ts';

export const sandboxRequirements = defineRequirements('SANDBOX', [
  ["Generated code can read nothing of the host but the system's programs and what is mounted.", 'design: sandbox'],
  ['Generated code can write nothing but its temporary folder and what is mounted for writing.', 'design: sandbox'],
  ['Without granted hosts there is no network at all.', 'design: sandbox'],
  ['Neither environment nor open files of the host get in, and no secret stands on a command line.', 'design: sandbox'],
  ['Calls that reach beyond a program into the kernel are refused.', 'design: sandbox'],
  ['Time, processor, memory, processes, file size and output are limited.', 'design: sandbox'],
  ['Stopping, aborting and the death of mcp-crafter end the whole process tree.', 'design: sandbox'],
  ['Generated code has the rights of nobody, whoever runs mcp-crafter, wherever the files lie; run by root, of a user who runs nothing else.', 'design: sandbox'],
  ['Where no sandbox can be had, nothing runs unless the user says so by name.', 'design: sandbox'],
  [
    "A user's folder is never changed to fit; what nobody may not use is refused with the command that mends it.",
    'design: grants',
  ],
  ['Only granted hosts and ports are reached, at addresses judged before connecting.', 'design: egress'],
  ['A server reaches a granted host through the sandbox, with fetch as it is.', 'design: egress'],
  ['An HTTP server answers on a socket of its own and, when asked, on a loopback port.', 'design: sandbox'],
  ['A server that puts something else where its socket belongs gains nothing.', 'design: sandbox'],
  [
    'A server that does not come up is reported with what it said, without the values it was given.',
    'contributing: errors',
  ],
  [
    'The host neither writes through, nor reads through, links and pipes that sandboxed code made in its folders.',
    'design: sandbox',
  ],
  [
    'Where the kernel lets mcp-crafter have control groups, memory and processes are limited for the tree as a whole.',
    'design: sandbox',
  ],
]);
