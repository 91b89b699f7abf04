import { toCrafterError } from '../errors.ts';

/** How long an orderly end may take, in milliseconds. */
const patience = 10_000;

/**
 * What nobody caught ends this process, in order where that can still be done: nobody knows what it left half done, and
 * the next start goes on from what is stored. It is said in one line on standard error.
 * @param mask takes secret values out of that line.
 */
export function endOnFailure(mask: (text: string) => string, end: () => Promise<void>): void {
  let failed = false;
  process.on('uncaughtException', (thrown: unknown) => {
    if (failed) return;
    failed = true;
    const { message, exit } = toCrafterError(thrown);
    const leave = (): never => process.exit(exit);
    setTimeout(leave, patience);
    process.exitCode = exit;
    const stack = thrown instanceof Error ? (thrown.stack ?? '') : '';
    const said = { time: new Date().toISOString(), level: 'fatal', message: mask(message), stack: mask(stack) };
    process.stderr.write(`${JSON.stringify(said)}\n`);
    void end().then(leave, leave);
  });
}
