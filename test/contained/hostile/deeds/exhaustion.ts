import { attempts, type Deed } from './deed.ts';

/** Taking all there is; each is bounded, so that nothing breaks where it is not held. */
export const exhaustionDeeds: readonly Deed[] = [
  {
    name: 'fork_bomb',
    tries: 'starts 900 processes',
    code: `const all = []; let refused = 0;
for (let n = 0; n < 900 && refused === 0; n++) {
  const one = child.spawn('/bin/sleep', ['15'], { stdio: 'ignore' });
  one.on('error', () => { refused++; });
  if (one.pid === undefined) refused++; else all.push(one);
  if (n % 20 === 0) await new Promise((done) => setTimeout(done, 1));
}
for (const one of all) one.kill('SIGKILL');
return { said: all.length < 600 && refused > 0 ? 'held' : all.length + ' started' };`,
    says: /^held$/,
  },
  {
    name: 'fill_temporary',
    tries: 'fills the temporary folder and shared memory with 200 MB',
    code: attempts(
      ...['/tmp', '/dev/shm'].map(
        (folder) =>
          `const at = '${folder}/filled'; try { for (let n = 0; n < 25; n++) fs.appendFileSync(at, Buffer.alloc(8 << 20)); return 'filled'; } finally { fs.rmSync(at, { force: true }); }`,
      ),
    ),
    says: /^(ENOSPC|EROFS|EACCES) (ENOSPC|EROFS|EACCES)$/,
  },
  {
    name: 'huge_file',
    tries: 'makes one file of 5 GB in its workspace (without writing it)',
    code: attempts(
      "const at = process.env.MCP_WORKSPACE + '/huge'; try { fs.writeFileSync(at, ''); fs.truncateSync(at, 5 * 1024 ** 3); return 'made'; } finally { fs.rmSync(at, { force: true }); }",
    ),
    says: /^(EFBIG)$/,
  },
  {
    name: 'open_files',
    tries: 'opens 200,000 files',
    code: "let n = 0; const all = []; try { for (; n < 200_000; n++) all.push(fs.openSync('/dev/null', 'r')); } catch (error) { return { said: error.code + (n < 8192 ? ' in time' : ' late') }; } finally { for (const one of all) fs.closeSync(one); } return { said: 'opened ' + n };",
    says: /^EMFILE in time$/,
  },
  {
    name: 'take_processors',
    tries: 'lets four children take all processors for five seconds, and goes on answering',
    code: `const work = 'const end = Date.now() + 5000; while (Date.now() < end);';
const all = Array.from({ length: 4 }, () => child.spawn(process.execPath, ['-e', work], { stdio: 'ignore' }));
return { said: all.filter(({ pid }) => pid !== undefined).length + ' at work' };`,
    says: /^4 at work$/,
  },
];

/** Deeds that end their own server, or keep it from answering. */
export const ruinousDeeds: readonly Deed[] = [
  {
    name: 'fill_the_heap',
    tries: 'keeps 3 GB of objects',
    code: "const kept = []; for (let n = 0; n < 384; n++) kept.push(new Array(1 << 20).fill(n + 0.5)); return { said: 'kept ' + kept.length };",
    says: /never said/,
  },
  {
    name: 'fill_buffers',
    tries: 'keeps 3 GB of Buffers',
    code: "const kept = []; for (let n = 0; n < 96; n++) kept.push(Buffer.alloc(1 << 25, 1)); return { said: 'kept ' + kept.length };",
    says: /never said/,
  },
  {
    name: 'end_itself',
    tries: 'ends its own process group',
    code: "process.kill(0, 'SIGKILL'); return { said: 'ended' };",
    says: /never said/,
  },
  {
    name: 'dump_core',
    tries: 'ends with a core dump where it may write',
    code: "process.chdir(process.env.MCP_WORKSPACE ?? ''); process.abort(); return { said: 'ended' };",
    says: /never said/,
  },
];
