import type { Api } from '../api.ts';
import type { Blueprint } from '../blueprint.ts';
import type { Dependency } from '../dependency.ts';
import type { Diagnostic, ProjectFiles } from '../project.ts';
import type { Tool } from '../tool.ts';
import type { LanguageName } from '../words.ts';
import type { Recipe } from './recipe.ts';

/** Progress and stopping, for everything that takes time. */
export interface Work {
  readonly signal: AbortSignal;
  /** @param share how much of the work is done, 0 to 1, where it is known. */
  progress(message: string, share?: number): void;
}

export interface GenerateInput {
  readonly blueprint: Blueprint;
  /** Recipes that the Blueprint's tools name. */
  readonly recipes: ReadonlyMap<string, Recipe>;
  /** Text of a recipe's module file, for example `readModule('csv', 'csv.ts')`. */
  readModule(recipe: string, file: string): string;
  readonly crafterVersion: string;
}

/** Where a project's dependencies are installed, read-only, shared by all servers with the same set. */
export interface DependencySet {
  /** Absolute path of a `node_modules` (or the language's like). */
  readonly path: string;
  readonly digest: string;
}

export interface Bundle {
  /** Absolute path of a folder that holds everything the server needs to run. */
  readonly path: string;
  /** SHA-256 over names and contents, hex. */
  readonly digest: string;
  readonly bytes: number;
  /** Its code was bundled before, for a server of the very same code. */
  readonly foundAgain?: true;
}

/** What types and lint say about a project's code. */
export interface CheckedCode {
  readonly diagnostics: readonly Diagnostic[];
  /** The very same code was looked at before, with the same tools. */
  readonly foundAgain?: true;
}

export interface EditedCode {
  readonly code: string;
  /** What was changed and is no code of the tool, by name: a Blueprint says it elsewhere. */
  readonly left: readonly string[];
}

/** How a Blueprint becomes files, is checked, bundled and run. Everything that touches generated code runs in the sandbox. */
export interface Language {
  readonly name: LanguageName;
  /** Pure: the same input gives the same bytes on any machine, in any folder, time zone and locale. */
  generate(input: GenerateInput): ProjectFiles;
  /** Syntax errors of a tool's code body, with lines counted from the body's first line. Pure, fast. */
  parseCode(code: string): Diagnostic[];
  /**
   * Pins what the user asked for to exact versions with integrity.
   * @param allowed Names that the user takes by name, near a famous one or young as they may be.
   * @throws CrafterError DEPENDENCY_UNAVAILABLE or DEPENDENCY_REFUSED naming the package.
   */
  resolve(
    wanted: readonly { name: string; version?: string }[],
    work: Work,
    allowed?: readonly string[],
  ): Promise<Dependency[]>;
  /**
   * Installs (once per version set) and returns the set. Without extra dependencies nothing is installed.
   * @throws CrafterError DEPENDENCY_UNAVAILABLE or DEPENDENCY_REFUSED naming the package.
   */
  install(blueprint: Blueprint, work: Work): Promise<DependencySet>;
  /** Strict types and lint. */
  check(projectDir: string, dependencies: DependencySet, work: Work): Promise<CheckedCode>;
  /** Bundles into `outDir`, atomically. */
  bundle(projectDir: string, dependencies: DependencySet, outDir: string, work: Work): Promise<Bundle>;
  /**
   * A tool that is an operation of an API as one with plain code that sends the same request. Pure.
   * @throws CrafterError NOT_SUPPORTED naming what code would not do right.
   */
  eject(tool: Tool, api: Api): Tool;
  /**
   * The code of a tool as a person changed it in its file, whose path is `pathOf(tool)`. Pure.
   * @throws CrafterError INVALID_INPUT with the place of what cannot be read.
   */
  readEdited(tool: Tool, text: string): EditedCode;
  /** Path in the project of a tool's own file; undefined for one that is no code. */
  pathOf(tool: Tool): string | undefined;
  /** Command inside the sandbox, with the bundle mounted at /app. */
  command(transport: 'stdio' | 'http'): readonly string[];
}

export function defineLanguage(language: Language): Language {
  return language;
}
