import { readFileSync, readdirSync } from 'node:fs';
import { wordForm } from '../test/support/cli.ts';
import { openHouse, type House } from '../test/support/house.ts';
import { median, showRows } from './row.ts';

/** How long it takes until all is as before: after the service was killed, and after a server was. */
const rounds = 15;
const house = await openHouse();
try {
  await house.start();
  await house.ask('create_mcp_server', { form: wordForm('words'), start: true, wait: true });
  const answers = [await recovered(house)];
  for (let round = 1; round < rounds; round++) answers.push(await recovered(house));
  const starts: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await house.kill();
    starts.push(await house.start());
  }
  const spread = (values: readonly number[]): string =>
    `median of ${values.length}, ${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)} ms`;
  showRows([
    {
      what: 'killed server, to the next right answer',
      value: median(answers),
      unit: 'ms',
      most: 500,
      how: spread(answers),
    },
    {
      what: 'service after kill -9, to its first answer',
      value: median(starts),
      unit: 'ms',
      most: 1500,
      how: spread(starts),
    },
  ]);
  await house.stop();
} finally {
  await house.clear();
}

/** Kills the running server and calls its tool until it answers; milliseconds. */
async function recovered({ pid, ask }: House): Promise<number> {
  const [sandbox] = sandboxesOf(pid);
  if (sandbox === undefined) throw new Error('The server does not run.');
  const began = performance.now();
  process.kill(sandbox, 'SIGKILL');
  for (;;) {
    const answer = await ask('call_tool', { server: 'words', tool: 'get_word', arguments: { word: 'tree' } }).catch(
      () => '',
    );
    if (JSON.stringify(answer).includes('tree')) break;
  }
  const took = performance.now() - began;
  // One that ends again and again is restarted later and later; a new start forgets that.
  await ask('stop_server', { server: 'words' });
  await ask('start_server', { server: 'words' });
  return took;
}

function sandboxesOf(pid: number | undefined): number[] {
  return readdirSync(`/proc/${pid}/task`)
    .flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' '))
    .filter((child) => child !== '' && readFileSync(`/proc/${child}/comm`, 'utf8').trim() === 'bwrap')
    .map(Number);
}
