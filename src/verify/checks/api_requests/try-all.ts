import {
  operationsOf,
  tryOperation,
  type TriedApi,
  type ApiOperation,
  type Exchange,
} from '../../../languages/index.ts';
import type { TrialServer } from '../../../spec/index.ts';
import { spread } from '../some-tools.ts';
import { rightTogether } from './together.ts';

/** Time for all operations together, in milliseconds, also beside others on a busy machine; what comes after is told as not tried. */
const mostMs = 20_000;

/** Operations called at once: neighbours, which share schemas that the server compiles once for them. */
const atOnce = 40;

export interface Verdicts {
  readonly right: readonly string[];
  readonly wrong: readonly { readonly operation: string; readonly problems: string }[];
  /** Operations that were not judged, by the reason. */
  readonly untried: ReadonlyMap<string, readonly string[]>;
  /** The operation that the server did not outlive. */
  readonly gone?: string;
}

interface Trying {
  readonly api: TriedApi;
  readonly server: TrialServer;
  readonly exchange: Exchange;
  readonly signal: AbortSignal;
}

/** Judges every operation for which there is time; groups are taken from all over the list. */
export async function tryAll(trying: Trying): Promise<Verdicts> {
  const { api, server, exchange, signal } = trying;
  const until = performance.now() + mostMs;
  const right: string[] = [];
  const wrong: { operation: string; problems: string }[] = [];
  const untried = new Map<string, string[]>();
  const verdicts = { right, wrong, untried };
  const isLate = (): boolean => performance.now() > until;
  for (const group of spread(groupsOf(operationsOf(api)))) {
    signal.throwIfAborted();
    const together = isLate() ? new Set() : await rightTogether(api, group, server, exchange);
    for (const operation of group) {
      signal.throwIfAborted();
      const { name } = operation;
      if (together.has(operation)) right.push(name);
      else if (!server.alive()) return { ...verdicts, gone: name };
      else {
        const verdict = isLate() ? undefined : await tryOperation(api, operation, exchange);
        const problems = verdict?.problems.join('; ') ?? 'there was no time';
        if (verdict?.status === 'passed') right.push(name);
        else if (verdict?.status === 'failed') wrong.push({ operation: name, problems });
        else untried.set(problems, [...(untried.get(problems) ?? []), name]);
      }
    }
  }
  return verdicts;
}

function groupsOf(operations: readonly ApiOperation[]): ApiOperation[][] {
  const count = Math.ceil(operations.length / atOnce);
  return Array.from({ length: count }, (_, index) => operations.slice(index * atOnce, (index + 1) * atOnce));
}
