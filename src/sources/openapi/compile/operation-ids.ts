import { cut } from '../../../util/index.ts';
import type { FoundOperation } from './find-operations.ts';
import { own, strings, text } from './json.ts';
import { namesFromId } from './names/from-id.ts';
import type { Context } from './types.ts';

export const operationIdOf = ({ operation }: FoundOperation): string | undefined =>
  text(own(operation.value, 'operationId')).trim() || undefined;

/** Operations with the names of their tools. */
type Named = readonly (readonly [one: FoundOperation, name: string])[];

/**
 * An operationId has to be unique (OpenAPI 3.1.1, 4.8.10): all of a kind but the one with the plainest name are told, with
 * the names of their tools to take, so that no tool is called otherwise once they have them.
 */
export function remarkIds(context: Context, named: Named): void {
  const groups = Map.groupBy(named, ([one]) => operationIdOf(one));
  for (const [id, twins] of groups) {
    if (id === undefined || twins.length < 2) continue;
    const [keeper] = twins.toSorted(([, a], [, b]) => a.length - b.length);
    for (const [one, name] of twins)
      if (one !== keeper![0])
        context.remark({
          where: one.operation.where,
          what: `The operationId ${cut(id, 80)} is used twice.`,
          action: 'mended',
          overlay: { target: one.target, update: asNamed(one, name) },
        });
  }
}

/** An operation without an id gets one suggested: the name of its tool, which then stays when its path changes. */
export function suggestId(context: Context, one: FoundOperation, name: string): void {
  if (operationIdOf(one) !== undefined || name === '') return;
  context.remark({
    where: one.operation.where,
    what: 'There is no operationId: the tool is named after method and path.',
    action: 'noticed',
    overlay: { target: one.target, update: asNamed(one, name) },
  });
}

/** An id by which the tool keeps its name; where names are read from ids in another way, the name itself stands beside it. */
function asNamed(one: FoundOperation, name: string): { operationId: string; 'x-mcp'?: { name: string } } {
  const { method, path, operation } = one;
  const tags = strings(operation.value['tags']);
  const [made = []] = namesFromId({ method, path, tags, lists: false, operationId: name });
  const has = ['x-mcp', 'x-speakeasy-mcp'].some((key) => own(operation.value, key) !== undefined);
  return has || made.join('_') === name ? { operationId: name } : { operationId: name, 'x-mcp': { name } };
}
