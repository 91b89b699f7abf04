import type { EnvironmentVariable } from '../dependency.ts';
import type { HostGrant } from '../grants.ts';
import type { Json, JsonSchema } from '../json.ts';
import type { Annotations, Example } from '../tool.ts';
import type { LanguageName, TaskType } from '../words.ts';

/** Words by which requests ask for a recipe tool; analysis stems them and adds synonyms. */
export interface Vocabulary {
  /** Phrases that ask for it on their own: `validate email`, `read csv`. */
  readonly phrases: readonly string[];
  /** What is done: `validate`, `check`. A verb with an object of the same tool is a match. */
  readonly verbs: readonly string[];
  /** What it is done to: `email`, `phone number`. */
  readonly objects: readonly string[];
  /** Words that, when present, speak against it. */
  readonly not?: readonly string[];
}

/** Facts that planning read from the request and that a tool's text and options may use. */
export interface RecipeFacts {
  /** The thing the request is about, as a snake_case word: `crm`, `helpdesk`, `customer`. */
  readonly subject?: string;
  /** Words of the request that asked for this tool. */
  readonly evidence: string;
  readonly limits: { readonly maxInputBytes?: number; readonly maxSeconds?: number };
}

/** A tool as a recipe offers it. `{subject}` in name, title and description is replaced. */
export interface RecipeTool {
  readonly name: string;
  /** Name used when the request names no subject; needed when `name` has `{subject}`. */
  readonly fallbackName?: string;
  readonly title: string;
  readonly description: string;
  readonly vocabulary: Vocabulary;
  readonly input: JsonSchema;
  readonly output: JsonSchema;
  readonly annotations: Annotations;
  readonly examples: readonly Example[];
  /** Function that does it: exported by a module of the recipe, `(args, context) => result`. */
  readonly handler: { readonly module: string; readonly export: string };
  /** What of the context the handler uses; the generator supplies only this. */
  readonly uses: readonly ContextPart[];
  /** Options for the handler's third parameter, read from the request. */
  configure?(facts: RecipeFacts): Record<string, Json>;
}

/** Optional parts of a tool's context, beside log, progress and signal. */
export type ContextPart = 'folders' | 'fetch' | 'secret';

/** A tested piece of the library: one or more tools on a well-kept library. */
export interface Recipe {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly taskTypes: readonly TaskType[];
  /** Capability word shown in analyses: `csv`, `oauth`, `sync`. */
  readonly capability: string;
  readonly tools: readonly RecipeTool[];
  /**
   * Source files beside the recipe's index that a generated server receives in src/modules/,
   * by language. They import each other and `#runtime/…` only, and npm packages in `dependencies`.
   */
  readonly modules: Partial<Record<LanguageName, readonly string[]>>;
  /** npm packages the modules import; versions come from mcp-crafter's own lock. */
  readonly dependencies: readonly string[];
  readonly environment?: readonly EnvironmentVariable[];
  readonly hosts?: readonly HostGrant[];
}

export function defineRecipe(recipe: Recipe): Recipe {
  return recipe;
}
