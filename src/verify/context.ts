import type { CheckContext } from '../spec/index.ts';
import { createLeaks } from './harness/leaks.ts';
import { lookAtProtocol } from './harness/protocol.ts';
import type { Trials } from './harness/trials.ts';
import { listElsewhere } from './harness/elsewhere.ts';
import type { Target } from './target.ts';

/** What checks share: each thing is got once, when first asked for. */
export function createContext(target: Target, trials: Trials, folder: string, signal: AbortSignal): CheckContext {
  const tools = once(async () => (target.start ? (await trials.first()).tools : listElsewhere(target, signal)));
  return {
    generated: target.generated,
    ...(target.blueprint && { blueprint: target.blueprint }),
    signal,
    callable: target.start !== undefined,
    tools,
    words: once(async () => (target.start ? (await trials.first()).words : [])),
    sources: once(() => target.sources()),
    dependencies: once(() => target.dependencies()),
    diagnostics: once(() => target.diagnostics()),
    bundle: once(() => target.bundle()),
    protocol: once(() => lookAtProtocol(target, folder, signal)),
    trial: (purpose, work) => trials.use(purpose, work),
    leaks: createLeaks(target.hiddenPaths, () => trials.canaries, [folder]),
  };
}

function once<T>(get: () => Promise<T>): () => Promise<T> {
  let got: Promise<T> | undefined;
  return () => (got ??= get());
}
