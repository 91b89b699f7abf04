/** One generated file. Text is UTF-8 with `\n` line ends. */
export interface ProjectFile {
  readonly text: string;
  readonly executable?: boolean;
}

/** A generated source tree: relative POSIX path to file. Same Blueprint and version, same bytes. */
export type ProjectFiles = ReadonlyMap<string, ProjectFile>;

/** One message of a type checker, linter or bundler about generated code. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  readonly rule: string;
  readonly message: string;
}
