import type { ApiRemark } from '../../../../spec/index.ts';
import type { JsonObject } from '../types.ts';

/** One of the documents that are put together. */
export interface Part {
  /** Absolute path or URL; undefined for a document that came without a place. */
  readonly location: string | undefined;
  readonly value: JsonObject;
  /** Where it stands in the one tree: `#` for the document itself. */
  readonly pointer: string;
  /** By pointer: itself, and schemas of it with an identifier of their own (JSON Schema 2020-12, 8.2.1). */
  readonly resources: Map<string, Resource>;
}

export interface Resource {
  /** Absolute URI, against which references in it stand. */
  readonly uri: string | undefined;
  readonly pointer: string;
}

export interface Bundle {
  readonly parts: readonly Part[];
  /** By place, why a document is not among them, where that is known. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Absolute URI or path of a document or schema to where it stands. */
  readonly places: Map<string, Resource>;
  /** `POINTER OF RESOURCE#NAME` to the pointer of the anchor. */
  readonly anchors: Map<string, string>;
  /** Dynamic ones by name: pointer of the resource to that of the anchor. */
  readonly dynamicAnchors: Map<string, Map<string, string>>;
  /** Where dynamic references stand, and the name of the anchor each begins at. */
  readonly dynamic: { readonly where: string; readonly name: string }[];
  /** Parts that something refers to. */
  readonly used: Set<Part>;
  remark(remark: ApiRemark): void;
}
