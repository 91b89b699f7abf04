import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

const script = `
  import { guardProcess } from '${new URL('guard.ts', import.meta.url).href}';
  import { log } from '${new URL('logging.ts', import.meta.url).href}';
  const { exit } = guardProcess();
  let failures = 0;
  process.on('uncaughtException', () => failures++);
  let lines = 0;
  const timer = setInterval(() => { log.info('line'); if (++lines === 20) { clearInterval(timer); setTimeout(() => exit(failures === 0 ? 0 : 1), 100); } }, 5);
`;

describe('logging', () => {
  it('[GENERATE-17] goes on quietly when nobody reads the log any more', async () => {
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 20_000,
    });
    child.stderr.destroy();
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
  });
});
