// The official inspector's command line: a program of its own for each question.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { tryServer } from './trial.mjs';

const home = dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/inspector/package.json'));

/** The JSON on its standard output; a call that fails ends it with a code, and its answer is there all the same. */
function ask({ stdio, http }, words) {
  const where = stdio
    ? [...Object.entries(stdio.env ?? {}).flatMap(([name, value]) => ['-e', `${name}=${value}`]), stdio.command, ...stdio.args]
    : ['--transport', 'http', '--server-url', http.url, ...Object.entries(http.headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`])];
  const program = join(home, 'clients/launcher/build/index.js');
  return new Promise((done, fail) => {
    execFile(process.execPath, [program, '--cli', ...words, ...where], (error, stdout, stderr) => {
      try {
        done(JSON.parse(stdout));
      } catch {
        fail(new Error(`The inspector said no JSON: ${stdout}${stderr}`, { cause: error }));
      }
    });
  });
}

await tryServer(async (order) => ({
  list: async () => (await ask(order, ['--method', 'tools/list'])).tools.map(({ name }) => name),
  call: (name, args) => {
    const pairs = Object.entries(args).map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
    return ask(order, ['--method', 'tools/call', '--tool-name', name, '--tool-arg', ...pairs]);
  },
  close: async () => undefined,
}));
