import type { ApiRemark, Json } from '../../../spec/index.ts';
import type { Override } from './overrides.ts';

export type JsonObject = { [key: string]: Json };

/** An API document as one self-contained, bounded tree of OpenAPI 3.x. */
export interface ApiDocument {
  /** Dialect of its schemas; Swagger 2.0 is converted to 3.0. */
  readonly version: '3.0' | '3.1' | '3.2';
  /** paths, components, servers, security, tags, info. Every `$ref` is internal (`#/…`); it may be circular or dangling. */
  readonly root: JsonObject;
  /** SHA-256 of the text as given, hex. */
  readonly digest: string;
  /** Keeps a remark; of very many only the first are kept. */
  remark(remark: ApiRemark): void;
  readonly remarks: readonly ApiRemark[];
  /** What the tool of an operation is to have instead, by `METHOD /path`. */
  readonly overrides?: ReadonlyMap<string, Override>;
  /** Tags pinned beside those of the options. */
  readonly pins?: readonly string[];
}
