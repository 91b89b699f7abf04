import { attempts, type Deed } from './deed.ts';

const connect = (to: string): string => `await until(net.connect(${to}), 'connect'); return 'connected';`;

const send = (kind: string, to: string): string =>
  `const one = dgram.createSocket('${kind}'); try { await new Promise((done, fail) => one.bind(() => { one.setBroadcast(true); one.send('x', aim.udp, '${to}', (error) => (error ? fail(error) : done())); })); } finally { one.close(); } return 'sent';`;
const ask = (server: string, what: string): string =>
  `const asking = new dns.Resolver({ timeout: 500, tries: 1 }); asking.setServers(['${server}:' + aim.udp]); return await asking.${what}('words-carried-out.invalid');`;

/** Ways out over the network, without one granted: all lead to decoys on the host's loopback, where the way is open. */
export const networkDeeds: readonly Deed[] = [
  {
    name: 'connect_loopback',
    tries: "connects to the host's loopback over IPv4, IPv6 and IPv4 in IPv6",
    code: attempts(
      ...["'127.0.0.1'", "'::1'", "'::ffff:127.0.0.1'", "'0.0.0.0'"].map((host) =>
        connect(`{ host: ${host}, port: aim.tcp }`),
      ),
    ),
    // A container has no IPv6.
    says: /^ECONNREFUSED (ECONNREFUSED|EADDRNOTAVAIL) ECONNREFUSED ECONNREFUSED$/,
  },
  {
    name: 'connect_disguised',
    tries: "connects to the host's loopback by its name, and in short, decimal, octal and hexadecimal forms",
    code: attempts(
      ...['localhost', '127.1', '2130706433', '0177.0.0.1', '0x7f000001', '::ffff:7f00:1'].map((host) =>
        connect(`{ host: '${host}', port: aim.tcp }`),
      ),
    ),
    says: /^(ECONNREFUSED ?){6}$/,
  },
  {
    name: 'send_datagrams',
    tries: "sends datagrams to the host's loopback, and to everybody on it",
    code: attempts(send('udp4', '127.0.0.1'), send('udp4', '127.255.255.255'), send('udp6', '::1')),
    // They arrive nowhere: each sandbox has a loopback of its own. A container has no IPv6.
    says: /^DONE sent DONE sent (DONE sent|E\w+)$/,
  },
  {
    name: 'ask_names',
    tries: 'carries words out in names that it looks up',
    code: attempts(ask('127.0.0.1', 'resolve4'), ask('127.0.0.1', 'resolveTxt'), ask('[::1]', 'resolve6')),
    says: /^((ECONNREFUSED|ETIMEOUT) ?){3}$/,
  },
  {
    name: 'connect_sockets',
    tries: "connects to abstract and path sockets of the host, mcp-crafter's own among them",
    code: attempts(
      connect("{ path: '\\0' + aim.abstractSocket }"),
      connect('aim.pathSocket'),
      connect('aim.serviceSocket'),
      connect("aim.state + '/postgres/run/.s.PGSQL.5432'"),
    ),
    says: /^ECONNREFUSED ENOENT ENOENT ENOENT$/,
  },
  {
    name: 'open_doors',
    tries: 'listens on its loopback and opens the debugger, for somebody outside to come in',
    code: attempts(
      "const door = net.createServer((socket) => socket.end('taken')).listen(aim.free, '127.0.0.1'); await until(door, 'listening'); return 'listens';",
      "(await import('node:inspector')).open(aim.free + 1, '127.0.0.1'); return 'listens';",
    ),
    says: /^DONE listens DONE listens$/,
  },
  {
    name: 'raw_sockets',
    tries: 'opens raw, packet and netlink sockets',
    code: attempts(
      ...['2, 3, 1', '17, 3, 768', '16, 3, 9', '40, 1, 0'].map(
        (kind) =>
          `return child.execFileSync('/usr/bin/perl', ['-e', 'print socket(my $s, ${kind}) ? "open" : "refused"'], { encoding: 'utf8' });`,
      ),
    ),
    says: /^(DONE refused ?){4}$/,
  },
];
