import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

it('[GENERATE-16] goes on when nobody reads its log any more', async () => {
  const script = `
    import { guardProcess } from '${import.meta.dirname}/guard.ts';
    import { log } from '${import.meta.dirname}/logging.ts';
    const { stdout, exit } = guardProcess();
    let failures = 0;
    process.on('uncaughtException', () => failures++);
    stdout.write('ready');
    process.stdin.once('data', () => {
      const writing = setInterval(() => log.info('lost'), 10);
      setTimeout(() => {
        clearInterval(writing);
        stdout.write(failures + ' failures', () => exit(0));
      }, 300);
    });`;
  const server = spawn(process.execPath, ['--input-type=module', '--eval', script], { timeout: 4000 });
  const said: string[] = [];
  server.stdout.on('data', (chunk) => said.push(String(chunk)));
  await once(server.stdout, 'data');
  server.stderr.destroy();
  await once(server.stderr, 'close');
  server.stdin.write('go');
  expect(await once(server, 'exit')).toEqual([0, null]);
  expect(said.join(' ')).toBe('ready 0 failures');
});
