import type { Blueprint, ContextPart } from '../../../spec/index.ts';
import { cut } from '../../../util/index.ts';
import { apiSection } from './readme-api.ts';
import { defaultLimits } from './settings.ts';

/** README.md of a generated server. */
export function readme(blueprint: Blueprint, parts: ReadonlySet<ContextPart>): string {
  const { name, title, description, tools } = blueprint;
  return [
    `# ${text(title)}`,
    '',
    text(description),
    '',
    'An MCP server in TypeScript, for clients of the protocol revisions 2025-11-25 and 2026-07-28, over stdio and HTTP.',
    '',
    '## Tools',
    '',
    ...table(
      ['Tool', 'What it does'],
      tools.map((tool) => [
        code(tool.name),
        text(blueprint.api === undefined ? tool.description : cut(tool.description, 200)),
      ]),
    ),
    '',
    ...apiSection(blueprint, { text, code }),
    '## Run',
    '',
    'Needs Node.js 22.18 or newer.',
    '',
    '```sh',
    'npm ci',
    'npm test',
    'npm start            # stdio: for clients that start the server themselves',
    'npm start -- --http  # http://127.0.0.1:3000/mcp; the token is printed unless MCP_TOKEN is set',
    '```',
    '',
    '## Connect',
    '',
    '```json',
    `{ "mcpServers": { "${name}": { "command": "node", "args": ["/path/to/${name}/src/main.ts"] } } }`,
    '```',
    '',
    '## Environment',
    '',
    ...table(['Variable', 'Meaning'], environmentRows(blueprint, parts)),
    '',
    '## Limits',
    '',
    ...limitLines(blueprint).map((line) => `- ${line}`),
    '',
  ].join('\n');
}

/** Variables every server reads, beside the declared ones. */
export function serverVariables(parts: ReadonlySet<ContextPart>): (readonly [names: string, meaning: string])[] {
  const folders = [
    ['MCP_WORKSPACE', 'Folder for the files that tools make: `./workspace` unless set'],
    ['MCP_FOLDERS', 'Further folders, absolute, separated by `:`; writable ones end in `=rw`'],
  ] as const;
  return [
    ['MCP_TRANSPORT', '`stdio` (default) or `http`'],
    ['HOST, PORT', 'Where HTTP listens: 127.0.0.1 and 3000 unless set'],
    ['MCP_SOCKET', 'Unix socket for HTTP instead of a port'],
    ['MCP_TOKEN', 'Bearer token that HTTP requests must carry'],
    ['LOG_LEVEL', '`debug`, `info` (default), `warn` or `error`; logs are JSON lines on stderr'],
    ...(parts.has('folders') ? folders : []),
    ...(parts.has('fetch')
      ? ([['MCP_HOSTS', 'Further hosts it may call, as `host:port`, separated by commas']] as const)
      : []),
  ];
}

/** A variable's description with what one must know of it, as sentences. */
export function meaningOf(description: string, required: boolean, secret: boolean): string {
  const sentence = description.trim().replace(/[^.!?]$/, '$&.');
  return [sentence, required ? 'Required.' : 'Optional.', secret ? 'Secret.' : ''].filter(Boolean).join(' ');
}

function environmentRows({ environment }: Blueprint, parts: ReadonlySet<ContextPart>): string[][] {
  const declared = environment.map(({ name, description, required, secret }) => [
    code(name),
    text(meaningOf(description, required, secret)),
  ]);
  return [...declared, ...serverVariables(parts).map(([name, meaning]) => [code(name), meaning])];
}

function limitLines({ limits, grants }: Blueprint): string[] {
  return [
    `A call ends after ${limits.maxSeconds ?? defaultLimits.maxSeconds} seconds.`,
    `Files and texts up to ${(limits.maxInputBytes ?? defaultLimits.maxInputBytes).toLocaleString('en-US')} bytes.`,
    `Results up to ${limits.maxResultCharacters.toLocaleString('en-US')} characters.`,
    ...(limits.calls ? [`At most ${limits.calls.count} outgoing requests in ${limits.calls.seconds} seconds.`] : []),
    ...(limits.retries === undefined ? [] : [`Failed requests are tried again up to ${limits.retries} times.`]),
    ...(grants.hosts.length > 0
      ? [`Reaches ${grants.hosts.map(({ host, port }) => code(`${host}:${port}`)).join(', ')} and nothing else.`]
      : []),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** Words from outside as plain text: one line, nothing in it is markup. */
function text(words: string): string {
  const seen = words.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '');
  return seen.trim().replace(/[\\`*_{}[\]<>|#~]/g, '\\$&');
}

function code(name: string): string {
  return `\`${name.replace(/[`|\s\p{Cc}]+/gu, ' ').trim()}\``;
}
