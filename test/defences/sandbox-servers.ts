import type { Defence, Edit } from './define.ts';
import { without } from './sandbox-edits.ts';

const server = (promise: string, edits: readonly Edit[], number: number, titles: readonly string[]): Defence =>
  without(promise, edits, 'src/runner/start.test.ts', [`SANDBOX-${number}`], titles);
const http = 'src/runner/http.ts';
const start = 'src/runner/start.ts';
const control = 'src/verify/harness/control.test.ts';

const ungranted: Edit = {
  file: 'src/runner/destination.ts',
  from: "if (grant === undefined) return { refused: 'this host and port are not granted' };",
  to: "if (grant === undefined) return (await look(destination.host).catch(() => []))[0] ?? { refused: 'nothing there' };",
};
const followed: readonly Edit[] = [
  {
    file: 'src/runner/socket.ts',
    from: 'import { link, lstat, unlink }',
    to: 'import { link, stat as lstat, unlink }',
  },
];

export const defences: readonly Defence[] = [
  server('A server reaches what it was granted, and nothing else', [ungranted], 11, ['reaches nothing else']),
  server(
    'A way out leads into the sandbox where hosts are granted',
    [
      {
        file: start,
        from: '...(egress === undefined ? {} : { egressSocket: egress.socketPath })',
        to: '...(egress === null ? { egressSocket: egress.socketPath } : {})',
      },
    ],
    12,
    ['fetches from a granted host', 'also from a program that is not Node'],
  ),
  server(
    'The socket of a server goes with it',
    [{ file: http, from: '    () => rm(socketPath, { force: true }),\n', to: '' }],
    13,
    ['leaves nothing behind'],
  ),
  server(
    'A port that is taken is named',
    [{ file: 'src/runner/forward.ts', from: "error.code === 'EADDRINUSE'", to: "error.code === 'EADDRNOTAVAIL'" }],
    13,
    ['is refused a port that is taken'],
  ),
  server('The socket of a server is a socket, not a link to one', followed, 14, ['links to a socket of the host']),
  without(
    'The socket of a server under trial is a socket, not a link to one',
    followed,
    control,
    ['SANDBOX-14'],
    ['none that a link there leads to'],
  ),
  without(
    'Answers of a server under trial are bounded',
    [{ file: 'src/verify/harness/control.ts', from: 'mostBytes = 16 *', to: 'mostBytes = 1600 *' }],
    control,
    ['SANDBOX-14'],
    ['takes no answer without end'],
  ),
  server(
    'What is told of a server that ended is without the values it was given',
    [
      {
        file: start,
        from: "values.reduce((text, value) => text.replaceAll(value, '[value]'), lines.join('\\n'))",
        to: "values.reduce((text) => text, lines.join('\\n'))",
      },
    ],
    15,
    ['ends early is reported'],
  ),
  server(
    'A server that does not come up is ended, with all that was made for it',
    [{ file: start, from: '    await clean();\n    throw error;', to: '    throw error;' }],
    15,
    ['never answers is given up and ended'],
  ),
];
