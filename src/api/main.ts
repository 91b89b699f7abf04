import { toCrafterError } from '../errors.ts';
import { stopService } from '../service/index.ts';
import { defaultStateFolder } from '../util/index.ts';
import { serve } from './serve.ts';
import { readWords, usage } from './words.ts';

try {
  const words = readWords(process.argv.slice(2));
  if (words.help) process.stdout.write(usage);
  else if (words.stop) await stop();
  else await serve(defaultStateFolder(), words);
} catch (thrown) {
  const error = toCrafterError(thrown);
  process.stderr.write(`✗ ${error.message}\n  → ${error.hint}\n`);
  process.exit(error.exit);
}

async function stop(): Promise<void> {
  const stopped = await stopService(defaultStateFolder());
  process.stdout.write(stopped ? 'The service has stopped.\n' : 'No service was running.\n');
}
