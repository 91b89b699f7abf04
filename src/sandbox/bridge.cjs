'use strict';
// Inside the sandbox: carries connections from loopback to the egress proxy's socket, the only way out.
// Preloaded into a Node program (`node --require`), or run in front of any other program with its command as arguments.
const net = require('node:net');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  const server = net.createServer({ pauseOnConnect: true }, (inside) => {
    const outside = net.connect('/egress/proxy.sock');
    inside.on('error', () => outside.destroy());
    outside.on('error', () => inside.destroy());
    inside.pipe(outside).pipe(inside);
    inside.unref();
    outside.unref();
  });
  // A child process inherits the preload; the first one serves all.
  server.on('error', () => {});
  server.listen(Number(process.env.EGRESS_PORT), '127.0.0.1');
  if (require.main === module) runCommand(process.argv.slice(2));
  else server.unref();
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
