import type { Defence, Edit } from './define.ts';
import { without } from './sandbox-edits.ts';

const words = 'test/contained/hostile/words.test.ts';
const asServers = 'src/util/as-servers.ts';
const [output, outputTest] = ['src/cli/output.ts', 'src/cli/output.test.ts'] as const;
const hostile = (promise: string, edit: Edit, titles: readonly string[], ids = ['HOSTILE-4']): Defence =>
  without(promise, [edit], words, ids, titles);

export const defences: readonly Defence[] = [
  hostile(
    'A log is bounded',
    { file: 'src/operate/log-book.ts', from: 'if (book.bytes <= maxBytes)', to: 'if (book.bytes <= 100 * maxBytes)' },
    ['(flood_the_log, forge_the_log)'],
  ),
  hostile(
    'Only what mcp-crafter says in a log, or beside a server that a client runs, has its name as the source',
    { file: 'src/runner/start.ts', from: 'onLog?.(asServers(line))', to: 'onLog?.(asServers(line) && line)' },
    ['(flood_the_log, forge_the_log)', 'nor can it where a client runs the server'],
  ),
  hostile(
    'What a server says to who runs it on a terminal does not steer that',
    { file: 'src/local/run.ts', from: 'process.stdout.write(plain(text))', to: 'process.stdout.write(text)' },
    ['nor does it steer the terminal'],
  ),
  without(
    'Words from outside make no line of their own',
    [{ file: output, from: ".replaceAll('\\n', '\\n      ')", to: '' }],
    outputTest,
    ['HOSTILE-4'],
    ['in an error', 'in an outcome'],
  ),
  without(
    'What a command shows steers no terminal, whoever put it there',
    [{ file: output, from: 'index % 2 === 1 ? part : plain(part)', to: 'index % 2 === 1 ? part : String(part)' }],
    outputTest,
    ['HOSTILE-4'],
    ['wherever a text of ours holds them'],
  ),
  without(
    'The version of a package steers no terminal',
    [{ file: 'src/util/report-text.ts', from: '${safe(report.version)}', to: '${report.version}' }],
    outputTest,
    ['HOSTILE-4'],
    ['as the version of a package'],
  ),
  without(
    'Hosts are names and addresses',
    [
      {
        file: 'src/spec/grants.ts',
        from: "    .regex(/^(?:\\*\\.)?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?$|^[0-9a-f:.]+$/i, 'is no name or address of a host')\n",
        to: '',
      },
    ],
    outputTest,
    ['HOSTILE-4'],
    ['are no host'],
  ),
  without(
    'What looks like a record and is none is marked as the words of the server',
    [{ file: asServers, from: '  } catch {\n    return false;', to: '  } catch {\n    return true;' }],
    'src/util/as-servers.test.ts',
    ['HOSTILE-4'],
    ['record of mcp-crafter: cut off'],
  ),
  without(
    'Words of a server are judged as they are shown',
    [
      {
        file: asServers,
        from: 'const words = plain(line);',
        to: 'const words = line.slice(0, plain(line).length + 1e6);',
      },
      { file: asServers, from: "words.replace(unseen, '')", to: "words.trimStart().replace(unseen.source, '')" },
    ],
    'src/util/as-servers.test.ts',
    ['HOSTILE-4'],
    ['behind a control character', 'behind what turns the direction', 'behind what has no width'],
  ),
  hostile(
    'JSON for programs holds no characters that steer terminals',
    {
      file: 'src/util/plain.ts',
      from: 'return JSON.stringify(value, null, 2).replace(',
      to: 'const json = JSON.stringify(value, null, 2);\n  return process.pid > 0 ? json : json.replace(',
    },
    ['steer_the_terminal', 'steer_by_errors'],
  ),
  hostile(
    'Words for people hold no characters that steer terminals',
    { file: 'src/util/plain.ts', from: 'return text.replace(', to: 'return process.pid > 0 ? text : text.replace(' },
    ['get its words without what steers terminals'],
  ),
  without(
    'Answers of servers are bounded (by their runtime and by the client)',
    [
      { file: 'src/client/fetch.ts', from: 'MAX_REPLY_BYTES = 10 *', to: 'MAX_REPLY_BYTES = 1000 *' },
      {
        file: 'src/languages/typescript/runtime/result.ts',
        from: 'if (text.length <= maxCharacters) return',
        to: 'if (text.length >= 0) return',
      },
    ],
    words,
    ['HOSTILE-4'],
    ['answer_hugely'],
  ),
];

/** Deeds that no defence of ours holds back; they stay, so that it is seen that nothing comes of them. */
export const unheld: Readonly<Record<string, string>> = {
  answer_deeply: 'JSON.stringify of the very server gives up first; without that check its call fails all the same.',
  answer_prototypes: 'Nothing here copies the fields of an answer into objects: there is no line to take out.',
  report_without_end: 'Nothing counts progress: the service has to get through it.',
};
