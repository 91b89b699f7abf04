import { defineRequirements } from './define.ts';

export const generateRequirements = defineRequirements('GENERATE', [
  [
    'The same Blueprint and version give the same bytes, whatever the folder, time zone and locale',
    'design: Generate is a pure function',
  ],
  [
    'A generated project passes strict types and lint, bundles, and starts in both eras over stdio and HTTP',
    'specification: Verify, L1',
  ],
  [
    'Text from outside never leaves the place it stands in: code, comments, Markdown, env files',
    'architecture: generate',
  ],
  [
    'A project holds nothing of what was not asked for',
    'specification: Generate, it reads as a careful engineer writes it',
  ],
  ['A generated project installs with npm ci from its lock alone', 'specification: package.json with lock'],
  [
    'What a tool throws is an error result with a next step, never a stack and never a secret',
    'specification: Every tool',
  ],
  [
    'A call ends at its time limit and when the client cancels, also when the code ignores the signal',
    'specification: timeouts and cancellation honoured',
  ],
  ['A result over the limit is cut or refused, with how to ask for less', 'specification: results cut at a limit'],
  [
    'What a tool prints never reaches the protocol, and process.exit() is an error of the call',
    'specification: Bad input',
  ],
  [
    'A tool sees its workspace and granted folders and nothing else, also by way of links',
    'specification: Recipes, granted folders',
  ],
  [
    'Requests go to granted hosts only, within the declared rate, retried where safe, Retry-After obeyed',
    'specification: limits that the server enforces',
  ],
  [
    'Over HTTP a foreign Host or Origin and a missing token are refused',
    'specification: Generate, Host and Origin checks',
  ],
  ['Errors in a tool’s code are told with the lines of the code', 'architecture: languages'],
  [
    'A dependency that does not exist is refused by name; one that mcp-crafter has needs no network',
    'specification: Bad input',
  ],
  ['Files that a person changed are never overwritten; the difference is shown', 'design: House rules'],
  ['The server stops cleanly at SIGTERM and at the end of standard input', 'specification: graceful stop'],
  ['A log that nobody reads any more does not disturb the server', 'specification: logs as JSON lines'],
  [
    'Arguments too deep, too many or too large are refused before anything reads them further',
    'specification: Bad input',
  ],
  [
    'Code is found again by all that a look at it comes from: servers of the same code share its checks and bundle',
    'architecture: languages',
  ],
  [
    'A tool cannot change what language and platform offer to all code, nor built-in modules, for later calls',
    'docs: security',
  ],
]);
