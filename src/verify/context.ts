import type { CheckContext, ServerTool } from '../spec/index.ts';
import { createLeaks } from './harness/leaks.ts';
import { lookWithSuite } from './harness/official-suite.ts';
import { lookAtProtocol, type ProtocolView } from './harness/protocol.ts';
import type { Trials } from './harness/trials.ts';
import { listElsewhere } from './harness/elsewhere.ts';
import type { Target } from './target.ts';

/** What checks share: each thing is got once, when first asked for. */
export function createContext(
  target: Target,
  trials: Trials,
  folder: string,
  signal: AbortSignal,
  suite: string | undefined,
): CheckContext {
  const protocol = once(() => lookAtProtocol(target, folder, signal));
  const tools = once(async () => {
    try {
      return target.start ? (await trials.first()).tools : await listElsewhere(target, signal);
    } catch (error) {
      // Clients refuse a whole list for one bad schema; as it stands in the listing, the bad one can be named.
      const raw = readTools((await protocol().catch(() => undefined))?.tools ?? []);
      if (raw.length === 0) throw error;
      return raw;
    }
  });
  return {
    generated: target.generated,
    ...(target.blueprint && { blueprint: target.blueprint }),
    signal,
    callable: target.start !== undefined,
    tools,
    words: once(async () => wordsOf(await protocol())),
    sources: once(() => target.sources()),
    dependencies: once(() => target.dependencies()),
    diagnostics: once(() => target.diagnostics()),
    bundle: once(() => target.bundle()),
    protocol: async () => (await protocol()).looks,
    ...(suite !== undefined && { officialSuite: () => lookWithSuite(target, suite, folder, signal) }),
    trial: (purpose, work) => trials.use(purpose, work),
    leaks: createLeaks(target.hiddenPaths, () => trials.canaries, [folder]),
  };
}

function once<T>(get: () => Promise<T>): () => Promise<T> {
  let got: Promise<T> | undefined;
  return () => (got ??= get());
}

function wordsOf({ instructions }: ProtocolView) {
  return instructions === undefined ? [] : [{ where: 'the instructions of the server', text: instructions }];
}

function readTools(raw: readonly unknown[]): ServerTool[] {
  return raw.filter((tool): tool is ServerTool => {
    const { name, inputSchema } = (tool ?? {}) as Partial<ServerTool>;
    return typeof name === 'string' && typeof inputSchema === 'object' && inputSchema !== null;
  });
}
