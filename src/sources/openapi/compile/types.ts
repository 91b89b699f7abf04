import type { ApiRemark, JsonSchema } from '../../../spec/index.ts';
import type { InTime } from '../../../util/index.ts';
import type { JsonObject } from './json.ts';

/** What every part of the compiler needs of the document it works on. */
export interface Context {
  readonly root: JsonObject;
  /** Dialect of the document's schemas. */
  readonly version: '3.0' | '3.1' | '3.2';
  /** Schemas that operations share, by name, as they are found to be needed. */
  readonly shared: SharedSchemas;
  /** A schema of the document as JSON Schema 2020-12; see schema/convert.ts. */
  convert(raw: unknown, view: View): JsonSchema;
  remark(remark: ApiRemark): void;
  /** How many parts of schemas were left out so far: where a part of a `not` was, the `not` says too much. */
  losses: number;
  /** Some body is sent as XML: schemas keep their `xml` keywords. */
  xml: boolean;
  /** Patterns of the document that were looked at, as they can be used; null: not at all. */
  readonly patterns: Map<string, string | null>;
  /** Runs the document's patterns on its values. */
  readonly inTime: InTime;
  /** How many references may still be written out: compositions of compositions would else grow without end. */
  inlines: number;
}

export interface SharedSchemas {
  /** A reference to the schema at a pointer, which is compiled later. */
  refer(pointer: string): JsonSchema;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

/** An object with where it stands. */
export interface Place {
  readonly value: JsonObject;
  readonly where: string;
}

/** How a schema is looked at while it is converted. */
export interface View {
  /** Where it stands in the document. */
  readonly where: string;
  /** Names that are no longer required: read-only in another part of the same composition. */
  readonly without?: ReadonlySet<string>;
  /** A part of a composition whose other parts have properties too: `additionalProperties: false` would refuse them. */
  readonly open?: boolean;
  /** References are written out; those open now. */
  readonly inline?: ReadonlySet<string>;
  /** Properties without a description get one from their name. */
  readonly described?: boolean;
}
