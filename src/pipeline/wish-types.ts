import type { FolderGrant, HostGrant, Plan, SourceKind, SourceOptions } from '../spec/index.ts';

/** A request as it was given, not yet read. */
export interface WishDocument {
  readonly text: string;
  readonly kind?: SourceKind;
  readonly options: SourceOptions;
}

/** What the user grants and sets beside the request. */
export interface Wish {
  readonly folders: readonly FolderGrant[];
  readonly hosts: readonly HostGrant[];
  /** Packages that are taken by name, near a famous one or young as they may be. */
  readonly packages?: readonly string[];
  /** Values of declared environment variables. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A request that was read and planned; nothing has been built. */
export interface Prepared {
  readonly plan: Plan;
  /** Doubts and wishes that are not fulfilled, in words. */
  readonly notes: readonly string[];
  /** Secret values by variable; they go to the sealed store and nowhere else. */
  readonly secrets: Readonly<Record<string, string>>;
  /** It is a plan that was made before, and may have been edited since. */
  readonly isPlan?: true;
}

export interface OrderOptions {
  readonly start: boolean;
  readonly wait: boolean;
  readonly port?: number;
  /** Absolute path. */
  readonly out?: string;
}
