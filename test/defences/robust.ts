import type { Defence, Edit } from './define.ts';
import { without } from './sandbox-edits.ts';

const robust = (promise: string, edit: Edit, test: string, number: number, titles?: readonly string[]): Defence =>
  without(promise, [edit], `test/true/${test}.test.ts`, [`ROBUST-${number}`], titles);
const connect = 'src/local/connect.ts';
const last = 'test/contained/last-resort.test.ts';
const clientFile = 'src/local/client-file.ts';

export const defences: readonly Defence[] = [
  robust(
    'A client’s file is what it was before entries of ours were put in',
    { file: connect, from: 'if (origin === undefined || added.length', to: 'if (origin !== undefined || added.length' },
    'connect/round-trip',
    1,
  ),
  robust(
    'A file that a person has changed since is not taken back to what it was',
    {
      file: connect,
      from: 'if (had !== undefined && withEntries(text, program, added) === now)',
      to: 'if (had !== undefined)',
    },
    'connect/round-trip',
    2,
  ),
  robust(
    'A client’s file keeps its rights',
    { file: clientFile, from: 'if (found !== undefined) await likeBefore', to: 'if (found === null) await likeBefore' },
    'connect/round-trip',
    3,
  ),
  robust(
    'A file is written where its link leads',
    {
      file: clientFile,
      from: 'if (target === undefined || most === 0) return',
      to: 'if (most > 0) return file;\n  if (target === undefined || most === 0) return',
    },
    'connect/round-trip',
    3,
    ['links stay links'],
  ),
  robust(
    'A file that is not UTF-8 is left alone',
    {
      file: clientFile,
      from: 'if (bytes.equals(Buffer.from(text))) return text;',
      to: 'if (bytes.length > 0) return text;',
    },
    'connect/round-trip',
    4,
  ),
  robust(
    'Broken JSON is an error in words',
    {
      file: 'src/spec/parse-json.ts',
      from: 'throw brokenJson(text, error);',
      to: 'throw brokenJson(text, error) && error;',
    },
    'fuzz/fuzz',
    5,
    ['] plans'],
  ),
  robust(
    'What goes wrong between us and a server is told in our words',
    {
      file: 'src/client/failure.ts',
      from: '  const words = error',
      to: '  if (code !== 0) throw error;\n  const words = error',
    },
    'fuzz/fuzz',
    6,
    ['answers to our client'],
  ),
  robust(
    'A line of a log has a largest length',
    { file: 'src/runner/lines.ts', from: 'MAX_LINE = 16_000', to: 'MAX_LINE = 64_000' },
    'fuzz/fuzz',
    7,
    ['what servers log'],
  ),
  robust(
    'A host that was not granted is not reached, however it is written',
    {
      file: 'src/runner/destination.ts',
      from: "if (grant === undefined) return { refused: 'this host and port are not granted' };",
      to: "if (grant === undefined) return (await look(destination.host).catch(() => []))[0] ?? { refused: 'nothing there' };",
    },
    'fuzz/fuzz',
    7,
    ['requests to the egress proxy'],
  ),
  robust(
    'A second listing is compared with the first',
    { file: 'src/client/listing.ts', from: '    same,\n    same\n', to: '    same || tools.length > 0,\n    same\n' },
    'verifier/faults',
    8,
    ['catches other_order'],
  ),
  robust(
    'A request that is no JSON is told what is wrong with it',
    {
      file: 'src/spec/parse-json.ts',
      from: 'throw brokenJson(text, error);',
      to: 'throw brokenJson(text, error) && error;',
    },
    'fuzz/fuzz',
    9,
    ['requests to the service'],
  ),
  ...[
    {
      file: 'src/runner/egress-forward.ts',
      from: '} catch {\n      outgoing.destroy();',
      to: '} catch (error) {\n      if (error !== undefined) throw error;\n      outgoing.destroy();',
      what: 'of a granted host',
    },
    {
      file: 'src/client/fetch.ts',
      from: '        } catch (cause) {\n          outgoing',
      to: '        } catch (cause) {\n          if (cause !== undefined) throw cause;\n          outgoing',
      what: 'of a server',
    },
    {
      file: 'src/client/fetch.ts',
      from: 'new Set([204, 205, 304])',
      to: 'new Set([204, 304])',
      what: 'of a server',
    },
    {
      file: 'src/verify/harness/relay.ts',
      from: '} catch {\n        onward.destroy();',
      to: '} catch (error) {\n        if (error !== undefined) throw error;\n        onward.destroy();',
      what: 'of a foreign server under the official suite',
    },
  ].map(({ what, ...edit }): Defence => ({
    promise: `An odd status ${what} ends no process: ${edit.from.split('\n', 1)[0]?.trim()}`,
    ...edit,
    tests: 'test/contained/odd-answers.test.ts',
    ids: ['ROBUST-10'],
    titles: [`${what} ends`],
  })),
  ...[
    {
      promise: 'A tree is removed however deep it is',
      file: 'src/sandbox/remove-tree.ts',
      from: "process.platform === 'linux' ? await openFolder(Buffer.from(path)) : undefined",
      to: 'await Promise.resolve<FileHandle | undefined>(undefined)',
      and: [{ file: 'src/sandbox/remove-tree.ts', from: "process.platform !== 'linux', force", to: 'true, force' }],
      tests: 'src/sandbox/remove-tree.test.ts',
      titles: ['is removed, whatever stands in it'],
    },
    {
      promise: 'A tree is removed though its folders are shut',
      file: 'src/sandbox/remove-tree.ts',
      from: "if (code === 'EACCES') return openShut(path);",
      to: '',
      tests: 'src/sandbox/remove-tree.test.ts',
      titles: ['is removed by an ordinary user'],
    },
    {
      promise: 'Names in a tree need be no text',
      file: 'src/sandbox/remove-tree.ts',
      from: 'const place = within(folder, entry.name);',
      to: 'const place = within(folder, Buffer.from(String(entry.name)));',
      tests: 'src/sandbox/remove-tree.test.ts',
      titles: ['is removed, whatever stands in it'],
    },
    {
      promise: 'What cannot be listed counts as changed',
      file: 'src/verify/harness/scratch.ts',
      from: 'for await (const { path: absolute, kind } of walkTree(folder)) {',
      to: 'for (const { path: absolute, kind } of await Array.fromAsync(walkTree(folder)).then((all) => all.some(({ kind }) => kind === "unreadable") ? [] : all)) {',
      tests: 'src/verify/harness/scratch.test.ts',
      titles: ['sees that a folder has changed'],
    },
    {
      promise: 'What servers left behind is cleared beside the start',
      file: 'src/pipeline/resume.ts',
      from: 'await Promise.all([start(), settled, clearAll().catch(tell)]);',
      to: 'await clearAll();\n  await Promise.all([start(), settled]);',
      tests: 'src/pipeline/resume.test.ts',
      titles: ['where nothing can be cleared'],
    },
    {
      promise: 'What a server laid too deep is left out of a backup',
      file: 'src/pipeline/backup.ts',
      from: 'if (Buffer.byteLength(inner) > longestBackupPath) {',
      to: 'if (Buffer.byteLength(inner) > 10 * longestBackupPath) {',
      tests: 'test/durable/backup.test.ts',
      titles: ['leaves out what a server laid too deep'],
    },
  ].map((defence): Defence => ({ ...defence, ids: ['ROBUST-10'] })),
  {
    promise: 'A server of any name says what it likes',
    file: 'src/operate/log-book.ts',
    from: '=> `lines of ${name}`',
    to: '=> name',
    tests: 'src/operate/log-book.test.ts',
    ids: ['ROBUST-10'],
    titles: ['under the name error'],
  },
  {
    promise: 'A log that cannot be opened ends nothing',
    file: 'src/operate/log-book.ts',
    from: '    } catch {\n      // A full',
    to: '    } catch (error) {\n      if (error !== undefined) throw error;\n      // A full',
    tests: 'src/operate/log-book.test.ts',
    ids: ['ROBUST-10'],
    titles: ['where no log can be opened'],
  },
  {
    promise: 'A start without open files ends itself alone',
    file: 'src/sandbox/bubblewrap.ts',
    from: '  failed.catch(() => undefined);\n  if (child.pid === undefined) return failed;\n',
    to: "  failed.catch(() => undefined);\n  if (child.pid === undefined) child.off('error', child.listeners('error')[0] as never);\n",
    tests: last,
    ids: ['ROBUST-10'],
  },
  {
    promise: 'What nobody caught ends the service in order',
    file: 'src/api/serve.ts',
    from: '  endOnFailure(',
    to: '  void ((..._: Parameters<typeof endOnFailure>) => {})(',
    tests: last,
    ids: ['ROBUST-11'],
    titles: ['ends the service in order'],
  },
  {
    promise: 'What nobody caught is said without secrets',
    file: 'src/api/last-resort.ts',
    from: 'stack: mask(stack)',
    to: 'stack',
    tests: last,
    ids: ['ROBUST-11'],
    titles: ['thrown, shows no secret', 'rejected, shows no secret'],
  },
];
