import { defineRequirements } from './define.ts';

export const cliRequirements = defineRequirements('CLI', [
  ['what is no request is refused: broken JSON, JSON of no kind, nothing, too much', 'bad input'],
  ['a field at fault is named, with its value and what to do; an unknown one with the nearest known', 'bad input'],
  ['names that clash, are too long, are not ASCII, are taken or hold a path are refused', 'bad input'],
  ['schemas that are invalid, circular or refer to nothing are refused', 'bad input'],
  [
    'an implementation that does not parse, throws, never returns or ends the process fails the build by name',
    'bad input',
  ],
  ['an implementation that prints to standard output does not disturb the protocol', 'bad input'],
  ['a dependency that does not exist is named', 'bad input'],
  ['three hundred tools and no tool are refused', 'bad input'],
  ['a port that is taken is refused, and a server that runs goes on where it was', 'bad input'],
  [
    'every error has one form: an exit code, a line to read, {error} with --json, no stack, nothing half done',
    'bad input',
  ],
  ['the command lines of earlier documents parse; what this version lacks is refused by name', 'ways in'],
  ['a plan is a file that can be edited and executed', 'analyse and plan'],
  ['a request comes from a file, standard input or words; its kind can be said', 'ways in'],
  ['without --wait a build id comes at once, and status follows it', 'run, change, keep'],
  ['a project goes to a folder of one’s own, where files changed by hand are kept', 'run, change, keep'],
  [
    'servers are called, shown, started, stopped, restarted, connected and deleted, each with --json',
    'run, change, keep',
  ],
  ['words of servers and documents cannot steer the terminal', 'security'],
]);
