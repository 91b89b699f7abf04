import { beyondBounds, crowded } from './bounds.ts';
import type { ToolContext } from './context.ts';
import { ToolError } from './errors.ts';
import { createLog } from './logging.ts';
import { mask } from './mask.ts';
import { toResult, type ToolResult } from './result.ts';
import { withDefaults } from './schema.ts';
import type { Tool } from './tool.ts';

export interface CallLimits {
  /** Longest time one call may take, in seconds. */
  readonly maxSeconds: number;
  /** Largest file or inline text a tool accepts, in bytes. */
  readonly maxInputBytes: number;
  /** Largest result, in characters of its text form. */
  readonly maxResultCharacters: number;
}

/** What the protocol knows about one call. */
export interface CallOrigin {
  /** Any of these ends the call. */
  readonly cancelled: readonly AbortSignal[];
  notifyProgress(done: number, total?: number, message?: string): void;
  /** Header of the HTTP request that carried the call, for transports that have one. */
  header?(name: string): string | undefined;
}

/** Runs one call from raw arguments to the protocol's result. Whatever goes wrong is a result with `isError`. */
export async function callTool<Context>(
  tool: Tool<Context>,
  rawArguments: unknown,
  origin: CallOrigin,
  limits: CallLimits,
  withParts: (context: ToolContext) => Context,
): Promise<ToolResult> {
  const { name, inputSchema } = tool.listed;
  const log = createLog({ tool: name });
  const deadline = startDeadline(name, origin.cancelled, limits.maxSeconds);
  try {
    const given = rawArguments ?? {};
    refuse(name, beyondBounds(given, limits.maxInputBytes) ?? crowded([inputSchema], given));
    const args = tool.keepsArguments ? given : withDefaults(inputSchema, given);
    refuse(name, await tool.checkInput(args));
    const { notifyProgress: progress, header } = origin;
    const context = withParts({ log, signal: deadline.signal, progress, ...(header && { header }) });
    const value = await Promise.race([tool.run(args, context), deadline.passed]);
    return await toResult(tool, value, limits.maxResultCharacters);
  } catch (thrown) {
    // Code that heeds the signal throws its own words for it; the deadline's are the ones that help.
    const text = describe(deadline.signal.aborted ? deadline.signal.reason : thrown);
    log.warn('call failed', { error: text });
    return { content: [{ type: 'text', text }], isError: true };
  } finally {
    deadline.stop();
  }
}

interface Deadline {
  readonly signal: AbortSignal;
  /** Rejects when the call is over, so that code which ignores the signal is left behind. */
  readonly passed: Promise<never>;
  stop(): void;
}

function startDeadline(name: string, cancelled: readonly AbortSignal[], seconds: number): Deadline {
  const controller = new AbortController();
  const { promise: passed, reject } = Promise.withResolvers<never>();
  passed.catch(() => undefined);
  const end = (reason: ToolError) => {
    controller.abort(reason);
    reject(reason);
  };
  const onCancel = () => end(new ToolError(`${name} was cancelled.`, ''));
  const timer = setTimeout(() => end(timeIsUp(name, seconds)), Math.min(seconds * 1000, 2 ** 31 - 1));
  if (cancelled.some((signal) => signal.aborted)) onCancel();
  for (const signal of cancelled) signal.addEventListener('abort', onCancel, { once: true });
  return {
    signal: controller.signal,
    passed,
    stop() {
      clearTimeout(timer);
      for (const signal of cancelled) signal.removeEventListener('abort', onCancel);
    },
  };
}

/** @throws ToolError when there is a problem with the arguments. */
function refuse(name: string, problem: string | undefined): void {
  if (problem === undefined) return;
  throw new ToolError(`Invalid arguments for ${name}: ${problem}`, 'Correct the arguments and call again.');
}

function timeIsUp(name: string, seconds: number): ToolError {
  return new ToolError(
    `${name} did not finish within ${seconds} seconds and was stopped.`,
    'Ask for less at a time, then call again.',
  );
}

/** What a caller may read of an error: message and next step, never a stack, never a secret. */
function describe(error: unknown): string {
  if (error instanceof ToolError) return mask(`${clean(mask(error.message))} ${error.nextStep}`.trim());
  const message = error instanceof Error ? error.message : String(error);
  return mask(
    `${clean(mask(message)) || 'The tool failed without a message.'} Check the arguments; if they are right, this is a fault of the tool.`,
  );
}

function clean(message: string): string {
  const text = message
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .join('\n')
    .trim()
    .slice(0, 2000)
    .toWellFormed();
  return text === '' || /[.!?:)\]]$/.test(text) ? text : `${text}.`;
}
