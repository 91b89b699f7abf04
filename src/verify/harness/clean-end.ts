import type { RunningServer } from '../../runner/index.ts';
import type { ProtocolLook } from '../../spec/index.ts';

/** Time a server has to end after it was asked to, in milliseconds. */
const graceMs = 3000;
export async function ends(
  server: RunningServer,
  how: 'closed_input' | 'sigterm',
  transport: string,
): Promise<ProtocolLook> {
  const look = { case: `${transport}/stops/${how}`, severity: 'error' as const };
  const asked = how === 'sigterm' ? 'SIGTERM' : 'closed input';
  if (how === 'closed_input') server.stdin?.end();
  const info = await (how === 'sigterm' ? server.stop(graceMs) : Promise.race([server.exited, after(graceMs)]));
  if (info === undefined)
    return { ...look, passed: false, message: `It goes on after ${asked}.`, remedy: `End within ${graceMs / 1000} s.` };
  if (info.code === 0) return { ...look, passed: true, message: `It ends cleanly on ${asked}.` };
  const way = info.signal ? `by ${info.signal}` : `with code ${info.code}`;
  return {
    ...look,
    passed: false,
    message: `On ${asked} it ends ${way}.`,
    remedy: 'Close what is open and end with code 0.',
  };
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds, undefined).unref());
}
