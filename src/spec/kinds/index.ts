export * from './source.ts';
export * from './recipe.ts';
export * from './language.ts';
export * from './check.ts';
export * from './trial.ts';
export * from './target.ts';
