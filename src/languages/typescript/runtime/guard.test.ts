import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

it('[GENERATE-16] goes on when nobody reads its log any more', async () => {
  const script = `
    import { guardProcess } from '${import.meta.dirname}/guard.ts';
    import { log } from '${import.meta.dirname}/logging.ts';
    const { stdout, exit } = guardProcess();
    stdout.write('ready');
    process.stdin.once('data', () => {
      log.info('lost');
      setTimeout(() => stdout.write('alive', () => exit(0)), 50);
    });`;
  const server = spawn(process.execPath, ['--input-type=module', '--eval', script], { timeout: 20_000 });
  const said: string[] = [];
  server.stdout.on('data', (chunk) => said.push(String(chunk)));
  await once(server.stdout, 'data');
  server.stderr.destroy();
  server.stdin.write('go');
  expect(await once(server, 'exit')).toEqual([0, null]);
  expect(said.join(' ')).toBe('ready alive');
});
