import type { Defence, Edit } from './define.ts';
import { without } from './sandbox-edits.ts';

const connect = 'src/local/connect.ts';
const connects = (promise: string, edit: Edit, number: number, titles?: readonly string[]): Defence =>
  without(promise, [edit], 'src/local/connect.test.ts', [`CONNECT-${number}`], titles);

export const defences: readonly Defence[] = [
  connects(
    'A client’s file gets nothing of the environment but the state folder',
    {
      file: 'src/local/client-entry.ts',
      from: '...(environment === undefined ? {} : { env: { MCP_CRAFTER_HOME: environment } }),',
      to: 'env: { ...process.env, MCP_CRAFTER_HOME: environment },',
    },
    1,
  ),
  connects(
    'The copy of a client’s file is what the file was',
    {
      file: 'src/local/client-file.ts',
      from: 'await place(backupOf(file), before);',
      to: 'await place(backupOf(file), after);',
    },
    2,
  ),
  connects(
    'Disconnecting writes what the file was',
    { file: connect, from: 'if (origin === undefined || added.length', to: 'if (origin !== undefined || added.length' },
    3,
    ['restores the file byte for byte', 'removes a file that connecting made'],
  ),
  connects(
    'An entry of another program is not replaced',
    {
      file: connect,
      from: 'if (present !== undefined && !isOurs(present, target.server)) throw',
      to: 'if (present === null) throw',
    },
    4,
    ['refuses to replace an entry'],
  ),
  connects(
    'A client’s file that is broken is not written to',
    {
      file: connect,
      from: 'if (first !== undefined || typeof value',
      to: 'if (typeof value',
    },
    4,
    ['refuses a file that is not JSON'],
  ),
];
