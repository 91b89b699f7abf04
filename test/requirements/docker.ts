import { defineRequirements } from './define.ts';

export const dockerRequirements = defineRequirements('DOCKER', [
  [
    'In a container, too, a tool that reaches for what it was not granted, takes all it can get, or does not want to end, gets nowhere.',
    'docs: security',
  ],
  ['A server is made, runs, answers and stops in containers alone; its report says so.', 'design: sandbox'],
  ['However mcp-crafter or `run` ends, no container is left behind.', 'design: sandbox'],
  [
    'Where bubblewrap cannot be used Docker stands in; a variable names one of the two, and doctor says which it is.',
    'docs: security',
  ],
  ['Docker neither stores nor shows the values that a server was given.', 'design: sandbox'],
  ['A container refuses the same calls into the kernel as bubblewrap.', 'design: sandbox'],
  ['From a container, too, only granted hosts are reached.', 'design: egress'],
  ['An ordinary user who may use Docker gets the same sandbox, with the rights of nobody else.', 'design: sandbox'],
]);
