import type { Sandbox } from '../sandbox/index.ts';
import type { Blueprint, Bundle, DependencySet, Language, LanguageName, Report, Work } from '../spec/index.ts';

/** What can be verified. */
export type VerifySubject =
  | {
      /** A project as mcp-crafter generated it. It is checked and bundled on the way. */
      readonly kind: 'project';
      readonly blueprint: Blueprint;
      /** Absolute. */
      readonly projectDir: string;
      readonly dependencies: DependencySet;
      readonly language: Language;
      /** Absolute path of the folder that the bundle is made in. */
      readonly bundleDir: string;
      /** Told as soon as the bundle stands; verification goes on. */
      onBundle?(bundle: Bundle): void;
    }
  | {
      /** A folder that holds a server: one of ours (mcp-crafter.json) or any Node package. */
      readonly kind: 'folder';
      readonly path: string;
      /** Packages that the user takes by name; what the folder says of that does not count. */
      readonly allowed?: readonly string[];
    }
  | {
      /** A command line that speaks MCP on its standard input and output; run in the sandbox, without network. */
      readonly kind: 'command';
      readonly command: readonly string[];
      /** Folder that relative paths are looked up in; default the current one. */
      readonly cwd?: string;
      readonly environment?: Readonly<Record<string, string>>;
    }
  | {
      /** A server that runs elsewhere; its tools are listed and never called. */
      readonly kind: 'url';
      readonly url: string;
      readonly token?: string;
    };

export interface VerifierConfig {
  readonly sandbox: Sandbox;
  /** Absolute; throwaway folders are made in its `tmp`. */
  readonly stateFolder: string;
  /** mcp-crafter's version. */
  readonly version: string;
  /** Needed to verify a folder that mcp-crafter generated. */
  language?(name: LanguageName): Promise<Language>;
}

export interface VerifyOptions {
  /** Program of the official conformance suite, which is run as well; see `findSuite`. */
  readonly officialSuite?: string;
}

export interface Verifier {
  /**
   * Looks at a server and says what it saw; a server that fails gives a report, not an exception.
   * @throws CrafterError NOT_FOUND, INVALID_INPUT or NOT_SUPPORTED for a subject that is no server,
   * SANDBOX_UNAVAILABLE, CANCELLED.
   */
  verify(subject: VerifySubject, work: Work, options?: VerifyOptions): Promise<Report>;
}
