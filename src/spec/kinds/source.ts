import type { ApiShape } from '../api.ts';
import type { FolderGrant, HostGrant } from '../grants.ts';
import type { Diagnostic } from '../project.ts';
import type { Request } from '../request.ts';
import type { SourceKind } from '../words.ts';

/** What goes with an API document. */
export interface ApiOptions {
  /** Where the document comes from: absolute path or URL; relative servers and references stand to it. */
  readonly location?: string;
  /** The documents it refers to, by the reference's absolute path or URL. They were fetched before; reading does no I/O. */
  readonly files?: Readonly<Record<string, string>>;
  /** Why others are not among them, by the same. */
  readonly missing?: Readonly<Record<string, string>>;
  /** Texts of OpenAPI Overlays, applied first, in order. */
  readonly overlays?: readonly string[];
  /** Text of a file of overrides: `operationId` or `METHOD /path` to what is to be different. */
  readonly overrides?: string;
  /** Refuse a document in which something had to be mended or left out. */
  readonly strict?: boolean;
  /** Replaces the document's own servers. */
  readonly baseUrl?: string;
  readonly shape?: ApiShape;
  readonly budget?: { readonly tools?: number; readonly tokens?: number };
  readonly pins?: readonly string[];
  /** Only operations that pass all that is given; a leading `!` excludes, `*` stands for any characters. */
  readonly tags?: readonly string[];
  readonly paths?: readonly string[];
  readonly methods?: readonly string[];
  readonly operations?: readonly string[];
  readonly readOnly?: boolean;
  /** Operations marked deprecated are left out. */
  readonly skipDeprecated?: boolean;
  readonly passCredentials?: boolean;
}

/** What the user gave beside the document itself (flags of the command line). */
export interface SourceOptions {
  readonly name?: string;
  readonly language?: string;
  readonly complexity?: string;
  readonly capabilities?: readonly string[];
  readonly folders?: readonly FolderGrant[];
  readonly hosts?: readonly HostGrant[];
  readonly api?: ApiOptions;
  /** Syntax errors of a tool's code, as the language finds them; code is taken unread without it. */
  readonly parseCode?: (code: string) => readonly Diagnostic[];
}

/** A document as read. Secret values stand beside the Request, never in it. */
export interface Reading {
  readonly request: Request;
  /** Environment variable to value. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** A way in: recognises its kind of document and reads it into a Request. */
export interface Source {
  readonly kind: SourceKind;
  readonly summary: string;
  /** Whether this document is of this kind. `value` is the parsed JSON, or undefined for plain text. */
  recognizes(text: string, value: unknown): boolean;
  /**
   * Validates and converts.
   * @throws CrafterError INVALID_INPUT with one problem a field; NOT_SUPPORTED when the kind has no reader.
   */
  read(text: string, value: unknown, options: SourceOptions): Reading;
}

export function defineSource(source: Source): Source {
  return source;
}
