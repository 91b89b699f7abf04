import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStorage } from '../../src/storage/index.ts';
import { wordForm } from '../support/cli.ts';
import { openHouse, type House } from '../support/house.ts';
import { changed } from '../support/endings.ts';

// Many processes start here, and on a busy machine each takes its time.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const houses: House[] = [];
let close: () => Promise<void>;
beforeAll(async () => {
  const keeper = await openHouse();
  const storage = await openStorage({ stateFolder: keeper.stateFolder });
  close = async () => {
    await storage.close();
    await keeper.clear();
  };
  for (const _ of [1, 2]) houses.push(await openHouse({ DATABASE_URL: storage.connectionString }));
  for (const house of houses) await house.start();
});
afterAll(async () => {
  for (const house of houses) await house.clear();
  await close();
});

describe('two services on one database', () => {
  it.each(['resolve', 'generate', 'verify', 'package', 'deploy'])(
    '[KILLS-6] a build of one that dies in %s is ended by the other within 30 seconds, each finished step once',
    async (stage) => {
      const name = `taken-${stage}`;
      const [dying, living] = houses as [House, House];
      // Who tells of the first stage has to be asked before it begins: the other one stands still until then.
      process.kill(living.pid as number, 'SIGSTOP');
      const told = Promise.withResolvers<string>();
      dying
        .ask('create_mcp_server', { form: wordForm(name), wait: true }, (line) => {
          if ('event' in line && line.event.stage === stage) told.resolve(line.event.build ?? '');
        })
        .catch(() => undefined);
      const build = await told.promise.finally(() => process.kill(living.pid as number, 'SIGCONT'));
      await dying.kill();
      const killed = Date.now();
      const recorded: Record<string, string> = {};
      changed(recorded, await living.steps());
      const ended = await Promise.race([
        living.ask('get_build_status', { build, wait: true }),
        sleep(90_000, 'not ended', { ref: false }),
      ]);
      expect(ended).toMatchObject({ status: 'success' });
      expect(Date.now() - killed).toBeLessThan(30_000);
      expect(changed(recorded, await living.steps())).toEqual([]);
      const answer = await living.ask('call_tool', { server: name, tool: 'get_word', arguments: { word: 'oak' } });
      expect(JSON.stringify(answer)).toContain('oak');
      await dying.start();
    },
  );
});
