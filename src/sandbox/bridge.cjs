'use strict';
// Inside the sandbox: the ways to the egress proxy's socket, the only way out.
// Preloaded into a Node program (`node --require`), or run in front of any other program with its command as arguments.
const net = require('node:net');
const dns = require('node:dns');
const { isMainThread } = require('node:worker_threads');
const { EGRESS_PORT, EGRESS_LOOPBACK = '' } = process.env;

// Programs that know proxies reach it at a port of loopback.
if (isMainThread) {
  const server = net.createServer({ pauseOnConnect: true }, (inside) => join(inside, net.connect('/egress/proxy.sock')));
  const run = require.main === module ? () => runCommand(process.argv.slice(2)) : () => {};
  // A child process inherits the preload; the first one serves all.
  server.once('listening', run).once('error', run);
  server.listen(Number(EGRESS_PORT), '127.0.0.1');
  if (require.main !== module) server.unref();
}

// Libraries of other protocols (databases, mail) connect to a host and port: each such connection becomes a tunnel.
// They may look a name up before: it gets a made-up address (240.0.0.0/4; RFC 1112, 4) that stands for it.
const names = [];
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [options, done] = Array.isArray(args[0]) ? args[0] : net._normalizeArgs(args);
  const { host = 'localhost', port, path } = options;
  if (path || staysInside(host, port)) return connect.apply(this, args);
  openTunnel(named(host), port, (error, near, outside) => {
    if (error) return this.destroy(error);
    if (this.destroyed) return outside.destroy();
    const near4 = { host: '127.0.0.1', port: near, lookup: undefined, family: 4, localAddress: undefined };
    connect.call(this, { ...options, ...near4 }, done);
  });
  this.connecting = true;
  return this;
};
const { lookup } = dns;
dns.lookup = (name, options, done = options) => {
  if (net.isIP(name) || isLoopback(name)) return lookup(name, options, done);
  const address = madeUp(name);
  process.nextTick(() => (options.all ? done(null, [{ address, family: 4 }]) : done(null, address, 4)));
};
const { lookup: lookupSoon } = dns.promises;
dns.promises.lookup = async (name, options) => {
  if (net.isIP(name) || isLoopback(name)) return lookupSoon(name, options);
  const found = { address: madeUp(name), family: 4 };
  return options?.all ? [found] : found;
};
require('node:module').syncBuiltinESMExports();

function isLoopback(host) {
  return /^(localhost\.?|127\..*|::1|\[::1\])$/i.test(host);
}

/** Loopback is the sandbox's own, except for the places of the host's that were granted. */
function staysInside(host, port) {
  return isLoopback(host) && (String(port) === EGRESS_PORT || !EGRESS_LOOPBACK.split(' ').includes(`${host}:${port}`));
}

function madeUp(name) {
  const known = names.indexOf(name);
  const index = known < 0 ? names.length : known;
  if (index > 0xffff) throw new Error('More names were looked up than a server may have.');
  names[index] = name;
  return `240.0.${index >> 8}.${index & 255}`;
}

function named(host) {
  const [, high, low] = /^240\.0\.(\d+)\.(\d+)$/.exec(host) ?? [];
  return names[high * 256 + Number(low)] ?? host;
}

/** Asks the proxy for a tunnel; hands over a loopback port that takes one connection, so that TLS and pipes work as ever. */
function openTunnel(host, port, done) {
  const place = `${net.isIPv6(host) ? `[${host}]` : host}:${port}`;
  const asked = require('node:http').request({ socketPath: '/egress/proxy.sock', method: 'CONNECT', path: place, agent: false });
  asked.on('error', done);
  asked.on('connect', ({ statusCode, statusMessage }, outside, head) => {
    if (statusCode !== 200) {
      outside.destroy();
      const code = statusCode === 403 ? 'EACCES' : 'ECONNREFUSED';
      return done(Object.assign(new Error(`${place} could not be reached: ${statusMessage}`), { code }));
    }
    // What the other side said at once, as mail servers do.
    if (head.length > 0) outside.unshift(head);
    const door = net.createServer({ pauseOnConnect: true }, (inside) => {
      door.close();
      join(inside, outside);
    });
    outside.once('close', () => door.close());
    door.listen(0, '127.0.0.1', () => done(null, door.address().port, outside)).unref();
  });
  asked.end();
}

function join(inside, outside) {
  inside.on('error', () => outside.destroy());
  outside.on('error', () => inside.destroy());
  inside.on('close', () => outside.destroy());
  inside.pipe(outside).pipe(inside);
  inside.unref();
  outside.unref();
}

function runCommand([program, ...args]) {
  const child = require('node:child_process').spawn(program, args, { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(127);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + require('node:os').constants.signals[signal]));
}
