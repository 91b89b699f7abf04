import type { ApiOptions } from '../../../spec/index.ts';
import { sha256 } from '../../../util/index.ts';
import { refusedDocument } from './bounds.ts';
import { bundle, heldKey } from './bundle/index.ts';
import { chooseOperations } from './choose.ts';
import { applyOverlays, withApplicableOverlay } from './overlay/index.ts';
import { createRemarks } from './remarks.ts';
import { convertSwagger } from './swagger2/index.ts';
import { readTree } from './text.ts';
import { isObject } from './tree.ts';
import type { ApiDocument } from './types.ts';
import { versionOf } from './version.ts';

export { looksLikeApi } from './recognize.ts';
export type { ApiDocument, JsonObject } from './types.ts';

/**
 * Reads an API document and what it refers to into one self-contained, bounded tree of OpenAPI 3.x. Does no I/O.
 * @throws CrafterError INPUT_TOO_LARGE; INVALID_INPUT for what cannot be read at all; NOT_SUPPORTED for other versions.
 */
export function readDocument(text: string, options: ApiOptions): ApiDocument {
  const remarks = createRemarks();
  const tree = readTree(text, remarks.remark);
  if (!isObject(tree)) throw refusedDocument('document', 'is not an object', 'Give an OpenAPI document.');
  applyOverlays(tree, options.overlays ?? [], remarks.remark);
  const written = versionOf(tree);
  bundle(tree, [text, ...(options.overlays ?? [])].join('\n'), options, remarks.remark);
  const root = written === '2.0' ? convertSwagger(tree, heldKey, options.location, remarks.remark) : tree;
  const chosen = chooseOperations(root, options, remarks.remark);
  return {
    version: written === '2.0' ? '3.0' : written,
    root,
    digest: sha256(text),
    remarks: remarks.remarks,
    remark: (remark) => remarks.remark(withApplicableOverlay(remark, written)),
    ...chosen,
  };
}
