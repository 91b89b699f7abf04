/** Part of the context for tools that read or write files. */
export interface FolderContext {
  readonly folders: Folders;
}

/**
 * The server's workspace and the folders its user granted; nothing else exists for a tool.
 * A relative path is looked up in the workspace first, then in each granted folder.
 * Every method throws ToolError for a path outside of these, also by way of a symbolic link.
 */
export interface Folders {
  /** Roots a tool may use, workspace first. */
  readonly roots: readonly Root[];
  /** Largest file or inline text a tool accepts as input, in bytes. Tools that stream obey it themselves. */
  readonly maxInputBytes: number;
  /** Absolute path of an existing file or folder that may be read. */
  toRead(path: string): Promise<string>;
  /** Absolute path to write to, in the workspace unless `path` names a writable granted folder; parents are made. */
  toWrite(path: string): Promise<string>;
  /** Text of a file, at most `maxBytes` (the server's input limit by default). */
  readText(path: string, maxBytes?: number): Promise<string>;
  /** Writes whole or not at all; returns the absolute path and the size in bytes. */
  writeText(path: string, text: string): Promise<{ path: string; bytes: number }>;
  /** Names of files below a folder, relative, sorted, at most `limit`. */
  list(path?: string, limit?: number): Promise<string[]>;
}

/** A folder a tool may use. */
export interface Root {
  readonly name: string;
  readonly path: string;
  readonly writable: boolean;
}
