import { defineRequirements } from './define.ts';

export const robustRequirements = defineRequirements('ROBUST', [
  ['Connecting and disconnecting, in any order, restore any client’s file byte for byte.', 'readme: connect a client'],
  ['What a person writes into a client’s file meanwhile stays.', 'readme: connect a client'],
  ['Links to a client’s file stay links, its rights stay as they were.', 'readme: connect a client'],
  ['A client’s file that is not UTF-8 is left alone.', 'readme: connect a client'],
  ['Documents of every kind give a value or an error in words, whatever stands in them.', 'design: Errors'],
  ['Messages of servers and to generated servers, whatever they are, end neither side.', 'design: Errors'],
  ['Bytes to the egress proxy, to a generated server over HTTP and of logs do no harm.', 'design: Egress'],
  ['Known faults put into servers are caught, sound servers are not refused.', 'design: Report'],
  [
    'Requests to the service and configurations of clients, whatever stands in them, give a value or an error in words.',
    'design: Errors',
  ],
  [
    'No answer of a server or a host, and nothing that foreign code left behind, ends the service or keeps it from its work.',
    'security',
  ],
  ['What nobody caught ends the service in order, said without secrets; the next start goes on.', 'security'],
  ['Patterns, references and schemas of strangers hold nothing up, however many there are.', 'docs: security'],
]);
