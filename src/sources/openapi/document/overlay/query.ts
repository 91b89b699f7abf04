import { JSONPathEnvironment } from 'json-p3';
import type { JSONValue } from 'json-p3';
import { invalidInput } from '../../../../spec/index.ts';
import { usablePattern } from '../../compile/schema/pattern.ts';
import { maxDepth } from '../bounds.ts';
import type { JsonObject } from '../types.ts';

export type Location = readonly (string | number)[];

/** Most nodes that one target may select. */
const most = 200_000;

/** Two `..` already visit every pair of a node and one above it; a third costs as much again for each. */
const mostDescents = 2;

/** Longest text that a pattern in a filter is tried on. */
const longest = 20_000;

const environment = boundedEnvironment();

/**
 * Where the nodes stand that a JSONPath (RFC 9535) selects.
 * @throws CrafterError INVALID_INPUT for a path that is none, or that costs too much.
 */
export function select(target: string, root: JsonObject, field: string): Location[] {
  if (target.split('..').length - 1 > mostDescents)
    throw badTarget(field, target, `has more than ${mostDescents} descents (\`..\`)`);
  try {
    const found: Location[] = [];
    for (const { location } of environment.lazyQuery(target, root as JSONValue)) {
      found.push(location);
      if (found.length > most) throw new Error(`selects more than ${most} places`);
    }
    return found;
  } catch (error) {
    throw badTarget(field, target, `is not a JSONPath that can be used: ${(error as Error).message.slice(0, 200)}`);
  }
}

function boundedEnvironment(): JSONPathEnvironment {
  const bounded = new JSONPathEnvironment({ maxRecursionDepth: maxDepth + 100 });
  for (const name of ['match', 'search']) {
    const original = bounded.functionRegister.get(name);
    if (original === undefined) continue;
    bounded.functionRegister.set(name, {
      argTypes: original.argTypes,
      returnType: original.returnType,
      call(text: unknown, pattern: unknown): unknown {
        if (typeof text !== 'string' || typeof pattern !== 'string' || text.length > longest) return false;
        if (usablePattern(pattern) === undefined)
          throw new Error(`the pattern ${pattern.slice(0, 80)} can run without end, or is none`);
        return original.call(text, pattern) as unknown;
      },
    });
  }
  return bounded;
}

const badTarget = (field: string, target: string, message: string): Error =>
  invalidInput('overlay', [
    {
      field,
      value: target.slice(0, 100),
      message,
      remedy: "Write it as RFC 9535 has it, for example $.paths['/pets'].get.",
    },
  ]);
