import { attempts, type Deed } from './deed.ts';

const connect = (to: string): string => `await until(net.connect(${to}), 'connect'); return 'connected';`;

/** Ways out over the network, without one granted. */
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
    name: 'connect_outside',
    tries: 'connects to addresses set aside for documentation (RFC 5737, 3849) and for metadata',
    code: attempts(
      ...['192.0.2.1', '2001:db8::1', '169.254.169.254'].map((host) => connect(`{ host: '${host}', port: 80 }`)),
    ),
    says: /^ENETUNREACH (ENETUNREACH|EADDRNOTAVAIL) ENETUNREACH$/,
  },
  {
    name: 'send_datagrams',
    tries: 'sends datagrams, to loopback and to everybody',
    code: attempts(
      "const one = dgram.createSocket('udp4'); await new Promise((done, fail) => one.send('x', aim.udp, '127.0.0.1', (error) => (error ? fail(error) : done()))); one.close(); return 'sent';",
      "const all = dgram.createSocket('udp4'); await new Promise((done, fail) => all.bind(() => { all.setBroadcast(true); all.send('x', aim.udp, '255.255.255.255', (error) => (error ? fail(error) : done())); })); return 'sent';",
    ),
    says: /^(DONE sent|ECONNREFUSED) ENETUNREACH$/,
  },
  {
    name: 'ask_names',
    tries: 'carries words out in names that it looks up',
    code: attempts(
      "return (await dns.lookup('taken.example')).address;",
      "const asking = new dns.Resolver({ timeout: 500, tries: 1 }); return await asking.resolve4('taken.example');",
      "const telling = new dns.Resolver({ timeout: 500, tries: 1 }); telling.setServers(['127.0.0.1:' + aim.udp]); return await telling.resolve4('taken.example');",
    ),
    says: /^(EAI_AGAIN|ENOTFOUND)( ECONNREFUSED| ETIMEOUT){2}$/,
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
    tries: 'listens on all addresses and opens the debugger, for somebody outside to come in',
    code: attempts(
      "const door = net.createServer((socket) => socket.end('taken')).listen(aim.free, '0.0.0.0'); await until(door, 'listening'); return 'listens';",
      "(await import('node:inspector')).open(aim.free + 1, '0.0.0.0'); return 'listens';",
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
