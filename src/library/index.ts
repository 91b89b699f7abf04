export { readModule, readShared, recipe, recipes } from './list.ts';
