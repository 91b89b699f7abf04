import type { ApiRemark } from '../../../../spec/index.ts';
import type { JsonObject } from '../types.ts';

/** What every part of the conversion needs of the Swagger 2.0 document it works on. */
export interface Conversion {
  readonly root: JsonObject;
  /** File or URL the document comes from. */
  readonly location: string | undefined;
  /** Components under construction. */
  readonly components: Readonly<Record<'schemas' | 'parameters' | 'responses' | 'securitySchemes', JsonObject>>;
  /** Schemas converted, so that none is converted twice. */
  readonly converted: Set<object>;
  remark(remark: ApiRemark): void;
}
