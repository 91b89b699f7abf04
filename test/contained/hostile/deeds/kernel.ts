import { attempts, type Deed } from './deed.ts';

/** A system call by its number (x86-64), through Perl: prints the error's number, 0 when it went through. */
const call = (number: number, ...args: readonly (number | string)[]): string =>
  `return child.execFileSync('/usr/bin/perl', ['-e', 'my $p = "/no/such/place"; my $n = syscall(${[number, ...args].join(', ')}); print $n == -1 ? $! + 0 : 0'], { encoding: 'utf8' });`;
const EPERM = 1;
/** So that nothing happens where a call goes through. */
const nowhere = '$p';

/** Reaching for other processes and into the kernel. */
export const kernelDeeds: readonly Deed[] = [
  {
    name: 'signal_others',
    tries: 'ends processes of the host by their ids',
    code: attempts(
      "process.kill(aim.pid, 'SIGKILL'); return 'killed';",
      "process.kill(-aim.pid, 'SIGKILL'); return 'killed';",
    ),
    says: /^ESRCH ESRCH$/,
  },
  {
    name: 'see_others',
    tries: 'lists the processes of the host and reads their environments',
    code: attempts(
      "const ids = fs.readdirSync('/proc').filter(Number); const all = ids.map((id) => { try { return fs.readFileSync('/proc/' + id + '/environ', 'utf8'); } catch { return ''; } }).join(); return (ids.length < 12 ? 'few' : 'many') + (all.includes('canary') ? ' with' : ' without') + ' secrets';",
    ),
    says: /^DONE few without secrets$/,
  },
  {
    name: 'trace_others',
    tries: 'attaches to other processes with ptrace, reads their memory',
    code: attempts(call(101, 0, 0, 0, 0), call(310, 1, 0, 0, 0, 0, 0)),
    says: denied(2),
  },
  {
    name: 'mount_things',
    tries: 'mounts, unmounts and changes the root',
    code: attempts(
      call(165, nowhere, nowhere, nowhere, 0, 0),
      call(166, nowhere, 0),
      call(155, nowhere, nowhere),
      call(161, nowhere),
      call(428, -100, nowhere, 1),
    ),
    says: denied(5),
  },
  {
    name: 'enter_namespaces',
    tries: 'makes and enters namespaces',
    code: attempts(call(272, 0x10000000), call(272, 0x20000), call(308, 0, 0), call(56, 0x10000011, 0, 0, 0, 0)),
    says: denied(4),
  },
  {
    name: 'load_into_the_kernel',
    tries:
      'loads modules and programs into the kernel, opens its keys, changes the clock, restarts the machine with a wrong word',
    code: attempts(
      call(175, 0, 0, nowhere),
      call(321, 0, 0, 0),
      call(250, 0, 0),
      call(227, 0, 0),
      call(169, 0, 0, 0),
      call(323, 0),
      call(298, 0, 0, 0, 0, 0),
    ),
    says: denied(7),
  },
  {
    name: 'gain_rights',
    tries: 'becomes root by set-user-id programs of its own and of the system',
    code: attempts(
      "return /NoNewPrivs:\\s+1/.test(fs.readFileSync('/proc/self/status', 'utf8')) && /CapBnd:\\s+0+\\n/.test(fs.readFileSync('/proc/self/status', 'utf8')) ? 'none to gain' : 'some';",
      'process.setuid(0); return process.getuid();',
      "const at = process.env.MCP_WORKSPACE + '/id'; fs.copyFileSync('/usr/bin/id', at); fs.chmodSync(at, 0o4755); return child.execFileSync(at, ['-u'], { encoding: 'utf8' }).trim();",
    ),
    says: /^DONE none to gain (?:EPERM|EINVAL) DONE (?:65534|65525)$/,
  },
  {
    name: 'take_the_terminal',
    tries: 'types into the terminal of whoever started it',
    code: attempts(call(16, 0, 0x5412, nowhere), "return fs.openSync('/dev/tty', 'w');"),
    says: /^DONE 1 (ENXIO|EIO|ENOTTY)$/,
  },
];

function denied(count: number): RegExp {
  return new RegExp(`^(DONE ${EPERM} ?){${count}}$`);
}
