import type { FolderGrant, HostGrant } from '../grants.ts';
import type { Diagnostic } from '../project.ts';
import type { Request } from '../request.ts';
import type { SourceKind } from '../words.ts';

/** What the user gave beside the document itself (flags of the command line). */
export interface SourceOptions {
  readonly name?: string;
  readonly language?: string;
  readonly complexity?: string;
  readonly capabilities?: readonly string[];
  readonly folders?: readonly FolderGrant[];
  readonly hosts?: readonly HostGrant[];
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
