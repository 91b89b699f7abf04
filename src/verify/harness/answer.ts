import type { McpConnection } from '../../client/index.ts';
import { CrafterError } from '../../errors.ts';
import type { RunningServer } from '../../runner/index.ts';
import type { Json, ServerAnswer } from '../../spec/index.ts';

/** Longest a call under trial may take unless its check says otherwise, in milliseconds. */
const patienceMs = 10_000;

/** Time to answer a listing that a server which is not stuck always has, in milliseconds. */
const livelinessMs = 3000;

/** One call whose every ending is a value. A server that is stuck or gone afterwards counts as closed. */
export async function askServer(
  connection: McpConnection,
  server: RunningServer,
  name: string,
  args: { readonly [key: string]: Json },
  timeoutMs = patienceMs,
): Promise<ServerAnswer> {
  const began = performance.now();
  const answer = (outcome: ServerAnswer['outcome'], text: string, structured?: Json): ServerAnswer => ({
    outcome,
    text,
    ...(structured !== undefined && { structured }),
    milliseconds: performance.now() - began,
  });
  const ended = server.exited.then(({ code, signal, endedBy }) =>
    answer(
      'closed',
      `The server ended ${signal ? `by ${signal}` : `with code ${code}`}${endedBy === 'memory' ? ': it took more memory than it may' : ''}.`,
    ),
  );
  const asked = connection.callTool(name, args, { timeoutMs }).then(
    (result) => {
      const text = result.content.map((part) => part.text ?? '').join('\n');
      return answer(result.isError ? 'tool_error' : 'ok', text, result.structuredContent);
    },
    async (error: unknown) => {
      const timedOut = error instanceof CrafterError && error.code === 'TIMEOUT';
      if (!timedOut) return answer('protocol_error', error instanceof Error ? error.message : String(error));
      const lively = await Promise.race([
        connection.listTools().then(
          () => true,
          () => false,
        ),
        sleep(livelinessMs).then(() => false),
      ]);
      return answer(
        lively ? 'timeout' : 'closed',
        `No answer within ${timeoutMs / 1000} seconds${lively ? '' : ', and none to anything after: it blocks the server'}.`,
      );
    },
  );
  const first = await Promise.race([asked, ended]);
  // The end of the connection may be seen before the end of the process.
  const late = /closed/i.test(first.text) ? 500 : 0;
  return first.outcome === 'protocol_error' ? Promise.race([ended, sleep(late).then(() => first)]) : first;
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
