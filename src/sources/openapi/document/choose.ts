import type { ApiOptions, ApiRemark } from '../../../spec/index.ts';
import { refusedDocument } from './bounds.ts';
import { selectOperations } from './filters.ts';
import { operationsOf } from './operations.ts';
import { overridesOf } from './overrides.ts';
import type { Override } from './overrides.ts';
import { isObject, listOf, own } from './tree.ts';
import type { Json } from '../../../spec/index.ts';
import type { JsonObject } from './types.ts';

/** Tag of operations that the user's file pins. */
const pinTag = 'pinned';

/**
 * Takes out of the tree what filters, extensions and overrides leave out, and tells what is different about the rest.
 * @throws CrafterError INVALID_INPUT when nothing can be called.
 */
export function chooseOperations(
  root: JsonObject,
  options: ApiOptions,
  remark: (remark: ApiRemark) => void,
): { readonly overrides: ReadonlyMap<string, Override>; readonly pins: readonly string[] } {
  const all = operationsOf(root);
  if (all.length === 0) refuseOnlyWebhooks(root);
  const overrides = overridesOf(all, options.overrides, remark);
  const chosen = new Set(selectOperations(root, all, options, remark));
  let pinned = false;
  for (const one of all) {
    const { hidden, pin } = overrides.get(one.key) ?? {};
    if (!chosen.has(one) || hidden === true) one.remove();
    else if (pin === true) {
      one.operation['tags'] = [...listOf(own(one.operation, 'tags')), pinTag] as Json;
      pinned = true;
    }
  }
  return { overrides, pins: pinned ? [pinTag] : [] };
}

function refuseOnlyWebhooks(root: JsonObject): void {
  const webhooks = own(root, 'webhooks');
  if (!isObject(webhooks) || Object.keys(webhooks).length === 0) return;
  throw refusedDocument(
    'paths',
    'there is nothing to call: the document has only webhooks, which the API itself calls',
    'Give the document that describes the paths of the API.',
  );
}
