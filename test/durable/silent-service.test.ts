import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { lockPath } from '../../src/service/index.ts';
import { wordForm, withCommandLine } from '../support/cli.ts';

const cli = withCommandLine();
const servicePid = (): number => Number.parseInt(readFileSync(lockPath(cli.stateFolder), 'utf8'), 10);
let stopped: number | undefined;
afterEach(() => {
  if (stopped !== undefined) process.kill(stopped, 'SIGCONT');
});

it('[SERVICE-11] a service that does not answer is named, ended by `serve --stop`, and the next one goes on', async () => {
  const form = cli.file('words.json', wordForm('words'));
  expect((await cli.run(['create', form, '--wait', '--json'])).code).toBe(0);
  stopped = servicePid();
  process.kill(stopped, 'SIGSTOP');
  const { code, json } = await cli.run(['list', '--json']);
  expect([code, json.error]).toEqual([
    6,
    expect.objectContaining({
      message: expect.stringContaining(`(process ${stopped}) does not answer`),
      hint: expect.stringContaining('serve --stop'),
    }),
  ]);
  expect((await cli.run(['serve', '--stop'])).stdout).toBe('The service has stopped.\n');
  stopped = undefined;
  expect((await cli.run(['list', '--json'])).json.servers.map(({ name }) => name)).toEqual(['words']);
  expect((await cli.run(['serve', '--stop'])).stdout).toBe('The service has stopped.\n');
  expect((await cli.run(['serve', '--stop'])).stdout).toBe('No service was running.\n');
});
