import { defineRequirements } from './define.ts';

export const verifyRequirements = defineRequirements('VERIFY', [
  ['A generated server that does what it promises passes with every level full.', 'design: Report'],
  ['A server that does not start, speaks wrongly or prints to standard output fails L1.', 'design: Report, L1'],
  ['Names, schemas, descriptions and annotations at fault are named with tool and remedy.', 'design: Report, L2'],
  [
    'Wrong and made-up input never ends or blocks a server unnoticed, and no answer shows a stack, a path or a secret.',
    'design: Report, L3',
  ],
  ['An example that gives something else than promised fails L3.', 'design: Report, L3'],
  ['A tool that claims to only read and writes is found out.', 'design: generated servers, read-only'],
  ['After garbage collection, call 1,000 holds at most 5 MB more than call 200.', 'design: Report, L3'],
  ['The limits of the request are proven on the running server: size, time, rate, retries.', 'readme: contexts'],
  ['Each expected output is checked against something the server really produced.', 'readme: contexts'],
  ['Each security rule catches its cases and leaves the like alone.', 'design: security findings'],
  ['Secrets in code are found, and never repeated in the finding.', 'design: security findings'],
  ['Dependencies that imitate a famous name or run scripts are told.', 'design: security findings'],
  [
    'Success is L1 full, no error in L2 and L3 and no grave finding; the score follows its published formula.',
    'design: Report',
  ],
  ['Any server is verified by folder, command or URL; what runs elsewhere is never called.', 'design: verify'],
  ['House style binds our servers and is advice for others.', 'design: Report, L2'],
  [
    'The report tells a person at a glance what passed, what failed and what to do, and cannot steer a terminal.',
    'design: Report',
  ],
  ['Verification can be cancelled, and leaves no folder behind.', 'design: the service'],
  ['A check that comes to no end fails in its time; nothing waits for a server that hangs.', 'design: verify'],
  [
    'Of a server with many tools some from all over are tried, the same each time; the report says how many.',
    'design: verify',
  ],
  [
    'Operations of an API that make wrong requests are warnings, by name; with strict, or where most do, they are errors.',
    'OpenAPI: One broken part costs that part alone',
  ],
  ['Patterns and schemas of strangers hold up neither verification nor the service.', 'docs: security'],
]);
