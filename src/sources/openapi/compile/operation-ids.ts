import { cut } from '../../../util/index.ts';
import type { FoundOperation } from './find-operations.ts';
import { own, text } from './json.ts';
import type { Context } from './types.ts';

export const operationIdOf = ({ operation }: FoundOperation): string | undefined =>
  text(own(operation.value, 'operationId')).trim() || undefined;

/** An operationId has to be unique (OpenAPI 3.1.1, 4.8.10): the second of its kind is told, with another to take. */
export function remarkIds(context: Context, found: readonly FoundOperation[]): void {
  const seen = new Set<string>();
  for (const one of found) {
    const id = operationIdOf(one);
    if (id === undefined) continue;
    if (seen.has(id))
      context.remark({
        where: one.operation.where,
        what: `The operationId ${cut(id, 80)} is used twice.`,
        action: 'mended',
        overlay: { target: one.target, update: { operationId: `${cut(id, 60)}_${one.method.toLowerCase()}` } },
      });
    seen.add(id);
  }
}

/** An operation without an id gets one suggested: the name of its tool, which then stays when its path changes. */
export function suggestId(context: Context, one: FoundOperation, name: string): void {
  if (operationIdOf(one) !== undefined || name === '') return;
  context.remark({
    where: one.operation.where,
    what: 'There is no operationId: the tool is named after method and path.',
    action: 'noticed',
    overlay: { target: one.target, update: { operationId: name } },
  });
}
