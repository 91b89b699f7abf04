import { defaultStateFolder } from '../util/index.ts';
import { toCrafterError } from '../errors.ts';
import { createOutput } from './output.ts';
import { createProgram } from './program.ts';

const interrupted = new AbortController();
const words = process.argv.slice(2);
const output = createOutput(words.includes('--json') && words[0] !== 'run');

process.on('SIGINT', () => {
  if (interrupted.signal.aborted) process.exit(130);
  interrupted.abort();
});
// Where nobody reads remarks and logs any more, the work itself goes on.
process.stderr.on('error', () => undefined);
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await createProgram({ stateFolder: defaultStateFolder(), output, signal: interrupted.signal }).parseAsync(words, { from: 'user' });
} catch (thrown) {
  const error = toCrafterError(thrown);
  output.error(error);
  process.exitCode = error.exit;
}
