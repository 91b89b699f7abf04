import type { ApiRemark } from '../../../../spec/index.ts';
import { heldKey } from '../bundle/index.ts';
import type { WrittenVersion } from '../version.ts';

/** Parts of a path item of 3.0 that stand elsewhere in 2.0. */
const moved = /\bcomponents\b|\bservers\b|\brequestBody\b|\bparameters\b|\bresponses\b|\bcontent\b/;

/**
 * A remark without an overlay that would not apply to the document as its author has it: one for what stands in
 * another document, or for what Swagger 2.0 has in another place.
 */
export function withApplicableOverlay(remark: ApiRemark, written: WrittenVersion): ApiRemark {
  const target = remark.overlay?.target ?? '';
  const foreign = target.includes(heldKey) || (written === '2.0' && moved.test(target));
  if (!foreign) return remark;
  const { overlay: _, ...rest } = remark;
  return rest;
}
