import { readModule as libraryModule, recipes as libraryRecipes } from '../library/index.ts';
import type { Blueprint, GenerateInput, Language, ProjectFiles } from '../spec/index.ts';
import { version } from '../util/index.ts';

export interface GenerateOptions {
  readonly language: Language;
  /** The library's unless given. */
  readonly recipes?: GenerateInput['recipes'];
  readonly readModule?: GenerateInput['readModule'];
  readonly crafterVersion?: string;
}

/**
 * A Blueprint's project. The same Blueprint and version give the same bytes on any machine.
 * @throws CrafterError PENDING_TOOLS naming tools that nobody has written.
 */
export function generate(blueprint: Blueprint, options: GenerateOptions): ProjectFiles {
  const { language, readModule = libraryModule, crafterVersion = version } = options;
  const recipes = options.recipes ?? new Map(libraryRecipes.map((recipe) => [recipe.name, recipe]));
  return language.generate({ blueprint, recipes, readModule, crafterVersion });
}
