import {
  defineCheck,
  type CheckCase,
  type CheckContext,
  type Example,
  type ServerTool,
  type TrialServer,
} from '../../../spec/index.ts';
import { changedFiles } from '../../harness/scratch.ts';
import { examplesOf, expectsError, patienceFor, rightCall, type RightCall } from '../arguments.ts';
import { unexpected } from '../expectation.ts';
import { isSilence } from '../faults.ts';
import { someOf } from '../some-tools.ts';
import { failed, passed, skipped } from '../style.ts';

const refusedWrite = /\b(?:EROFS|EACCES|EPERM)\b|read-only file system|permission denied/i;

export const readOnly = defineCheck({
  name: 'read_only',
  level: 'L3',
  summary: 'Tools that claim to only read work where nothing can be written.',
  applies: (context) => context.callable,
  async run(context) {
    const tools = (await context.tools()).filter((tool) => tool.annotations?.['readOnlyHint'] === true);
    if (tools.length === 0) return {};
    return context.trial('read_only', async (server) => {
      const cases: CheckCase[] = [];
      const { tried, rest } = someOf(tools);
      for (const tool of tried) {
        if (server.alive()) cases.push({ ...(await tryTool(server, tool, context)), tool: tool.name });
      }
      return { cases: [...cases, ...rest] };
    });
  },
});

async function tryTool(server: TrialServer, tool: ServerTool, context: CheckContext): Promise<CheckCase> {
  const given = examplesOf(context.blueprint, tool.name).filter((example) => !expectsError(example));
  const calls = given.length > 0 ? given : [rightCall(tool, context.blueprint)];
  for (const call of calls) {
    context.signal.throwIfAborted();
    await server.lay(call.files ?? {});
    const [before, requested] = [await server.snapshot(), (await server.requests()).length];
    const answer = await server.call(tool.name, call.arguments, { timeoutMs: patienceFor(context) });
    const remedy = 'Set readOnlyHint to false, or write nothing.';
    if (refusedWrite.test(answer.text) && answer.outcome !== 'ok')
      return failed('It claims to only read, and fails where nothing can be written.', remedy);
    if (changedFiles(before, await server.snapshot()).length > 0)
      return failed('It claims to only read, and files changed.', remedy);
    const asked = (await server.requests()).length > requested;
    const why = given.length > 0 && !asked ? unexpected(answer, 'expect' in call ? call.expect : undefined) : undefined;
    if (why === undefined && given.length === 0 && (await writes(tool, call, context)))
      return failed('It claims to only read, and files changed where they can be written.', remedy);
    if (why === undefined) continue;
    if (isSilence(answer) || (await failsAnywhere(tool, call, context)))
      return skipped('Its example fails where it may write, too.');
    return failed(`Where nothing can be written its example fails: ${why}`, remedy);
  }
  return passed('It works where nothing can be written.');
}

/** Whether a call changes files where it may; for tools with examples `examples` looks at it. */
function writes(tool: ServerTool, call: Example | RightCall, context: CheckContext): Promise<boolean> {
  return context.trial('example', async (server) => {
    const before = await server.snapshot();
    await server.call(tool.name, call.arguments, { timeoutMs: patienceFor(context) });
    // A sign-in that is kept is the server's own.
    return changedFiles(before, await server.snapshot()).some((file) => !file.endsWith('.sealed'));
  });
}

/** Whether a call fails without the bar on writing, too: then claiming to only read is not what is wrong. */
function failsAnywhere(tool: ServerTool, call: Example | RightCall, context: CheckContext): Promise<boolean> {
  return context.trial('example', async (server) => {
    await server.lay(call.files ?? {});
    const answer = await server.call(tool.name, call.arguments, { timeoutMs: patienceFor(context) });
    return unexpected(answer, 'expect' in call ? call.expect : undefined) !== undefined;
  });
}
