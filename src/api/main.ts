import { createAdaptorServer } from '@hono/node-server';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { dirname } from 'node:path';
import { toCrafterError } from '../errors.ts';
import { createCrafter } from '../crafter.ts';
import { socketPath, stopService } from '../service/index.ts';
import { defaultStateFolder } from '../util/index.ts';
import { createApp } from './app.ts';
import { releaseLock, takeLock } from './lock.ts';

const usage = `Usage: mcp-crafter serve [--stop | --unsafe-no-sandbox]

Runs the service in the foreground until SIGTERM or Ctrl-C. Commands start it on demand.
  --stop                End the running service and every server it runs.
  --unsafe-no-sandbox   Where there is no sandbox, run generated code without one. It can then do whatever you can.
`;

/** For headers, and for a whole request with its body; answers may take as long as their builds. */
const bounds = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
};

/** After the start, when the service has what it needs; in milliseconds. */
const settledMilliseconds = 1000;

const words = process.argv.slice(2);
try {
  if (words.includes('--help') || words.includes('-h')) process.stdout.write(usage);
  else if (words.length === 1 && words[0] === '--stop') await stop();
  else if (words.length === 0) await run(defaultStateFolder(), false);
  else if (words.length === 1 && words[0] === '--unsafe-no-sandbox') await run(defaultStateFolder(), true);
  else {
    process.stderr.write(`Unknown words: ${words.join(' ')}\n${usage}`);
    process.exitCode = 2;
  }
} catch (thrown) {
  const error = toCrafterError(thrown);
  process.stderr.write(`✗ ${error.message}\n  → ${error.hint}\n`);
  process.exit(error.exit);
}

async function stop(): Promise<void> {
  const stopped = await stopService(defaultStateFolder());
  process.stdout.write(stopped ? 'The service has stopped.\n' : 'No service was running.\n');
}

async function run(folder: string, unsafe: boolean): Promise<void> {
  const socket = socketPath(folder);
  const lock = `${dirname(socket)}/service.pid`;
  mkdirSync(dirname(socket), { recursive: true, mode: 0o700 });
  chmodSync(dirname(socket), 0o700);
  if (!takeLock(lock)) {
    process.stdout.write('A service is running for this state folder already.\n');
    return;
  }
  const databaseUrl = process.env.DATABASE_URL;
  const crafter = await createCrafter({ stateFolder: folder, unsafe, ...(databaseUrl ? { databaseUrl } : {}) }).catch(
    (error: unknown) => {
      releaseLock(lock);
      throw error;
    },
  );
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    server.close();
    void crafter.close().finally(() => {
      rmSync(socket, { force: true });
      releaseLock(lock);
      process.exit(0);
    });
  };
  const server = createAdaptorServer({
    fetch: createApp(crafter, end).fetch,
    overrideGlobalObjects: false,
    serverOptions: bounds,
  });
  server.maxConnections = 1_000;
  rmSync(socket, { force: true });
  server.listen(socket, () => chmodSync(socket, 0o600));
  // Node keeps what it has compiled for the next start only at an orderly end, which a killed service does not have.
  setTimeout(flushCompileCache, settledMilliseconds).unref();
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}
