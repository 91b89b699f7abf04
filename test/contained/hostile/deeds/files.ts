import { attempts, type Deed } from './deed.ts';

const read = (path: string): string => `return fs.readFileSync(${path}, 'utf8');`;
const write = (path: string): string => `fs.writeFileSync(${path}, 'taken'); return 'written';`;

/** Reads and writes of the host's files, by every way there is. */
export const fileDeeds: readonly Deed[] = [
  {
    name: 'read_by_path',
    tries: 'reads a file of the host by its absolute path',
    code: attempts(read('aim.file'), "return (await import('node:fs/promises')).readFile(aim.file, 'utf8');"),
    says: /^ENOENT ENOENT$/,
  },
  {
    name: 'read_by_climbing',
    tries: 'climbs out of its folders with ..',
    code: attempts(
      read("'../'.repeat(30) + aim.file.slice(1)"),
      read("process.env.MCP_WORKSPACE + '/../../../../../..' + aim.file"),
    ),
    says: /^ENOENT ENOENT$/,
  },
  {
    name: 'read_by_link',
    tries: 'reads through a symbolic and a hard link in its workspace',
    code: attempts(
      "const at = process.env.MCP_WORKSPACE + '/soft'; fs.rmSync(at, { force: true }); fs.symlinkSync(aim.file, at); return fs.readFileSync(at, 'utf8');",
      "fs.linkSync(aim.file, process.env.MCP_WORKSPACE + '/hard'); return 'linked';",
    ),
    says: /^ENOENT ENOENT$/,
  },
  {
    name: 'read_by_proc',
    tries: 'reads through the roots and folders of all processes in /proc',
    code: attempts(
      `const got = []; for (const id of fs.readdirSync('/proc').filter(Number)) for (const way of ['root', 'cwd'])
        try { got.push(fs.readFileSync('/proc/' + id + '/' + way + aim.file, 'utf8')); } catch {}
      return got.length + ' files';`,
      read("'/proc/' + aim.pid + '/environ'"),
      read("'/proc/' + aim.pid + '/root' + aim.file"),
    ),
    says: /^DONE 0 files ENOENT ENOENT$/,
  },
  {
    name: 'read_by_descriptor',
    tries: 'looks for open files and folders of the host among its descriptors',
    code: attempts(
      `const found = []; for (let n = 0; n < 1024; n++) {
        try { found.push(fs.readFileSync('/proc/self/fd/' + n + '/../'.repeat(20) + aim.file.slice(1), 'utf8')); } catch {}
        try { const to = fs.readlinkSync('/proc/self/fd/' + n); if (to.startsWith(aim.folder) || to.includes('/artifacts/')) found.push(to); } catch {}
      } return found.length + ' found';`,
    ),
    says: /^DONE 0 found$/,
  },
  {
    name: 'read_the_state',
    tries: "reads mcp-crafter's key, database and other servers' workspaces",
    code: attempts(
      "return fs.readFileSync(aim.state + '/key').length;",
      "return fs.readdirSync(aim.state + '/postgres');",
      "return fs.readdirSync(aim.state + '/servers');",
      "return fs.readdirSync(aim.state + '/workspaces').filter((name) => !process.env.MCP_WORKSPACE.endsWith('/' + name)).length + ' others';",
    ),
    says: /^ENOENT ENOENT ENOENT DONE 0 others$/,
  },
  {
    name: 'read_devices',
    tries: 'opens memory, disks and the log of the kernel',
    code: attempts(
      ...['mem', 'kmem', 'kmsg', 'port', 'vda', 'sda', 'fuse'].map(
        (name) => `return fs.openSync('/dev/${name}', 'r');`,
      ),
    ),
    says: /^(ENOENT ?){7}$/,
  },
  {
    name: 'write_by_path',
    tries: 'writes into a folder of the host that everybody may write to',
    code: attempts(write("aim.folder + '/taken'"), write('aim.file'), "fs.rmSync(aim.file); return 'removed';"),
    says: /^ENOENT ENOENT ENOENT$/,
  },
  {
    name: 'write_by_link',
    tries: 'writes through a link in its workspace',
    code: attempts(
      "const at = process.env.MCP_WORKSPACE + '/out'; fs.rmSync(at, { force: true }); fs.symlinkSync(aim.folder, at); fs.writeFileSync(at + '/taken', 'x'); return 'written';",
    ),
    says: /^ENOENT$/,
  },
  {
    name: 'write_itself',
    tries: 'changes its own bundle, the Node it runs on and the programs of the system',
    code: attempts(
      ...['/app/main.mjs', '/node/bin/node', '/usr/bin/perl', '/etc/hosts'].map(
        (path) => `return fs.openSync('${path}', 'r+');`,
      ),
    ),
    says: /^(EROFS|EACCES|ETXTBSY)( (EROFS|EACCES|ETXTBSY)){3}$/,
  },
];
