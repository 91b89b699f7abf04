import { readFileSync } from 'node:fs';
import { CrafterError } from '../errors.ts';
import type { Recipe } from '../spec/index.ts';
import { assetUrl } from '../util/index.ts';
import { aggregate } from './recipes/aggregate/index.ts';
import { csv } from './recipes/csv/index.ts';
import { dates } from './recipes/dates/index.ts';
import { deduplicate } from './recipes/deduplicate/index.ts';
import { files } from './recipes/files/index.ts';
import { hash } from './recipes/hash/index.ts';
import { http } from './recipes/http/index.ts';
import { join } from './recipes/join/index.ts';
import { json } from './recipes/json/index.ts';
import { jsonLines } from './recipes/json-lines/index.ts';
import { map } from './recipes/map/index.ts';
import { oauth } from './recipes/oauth/index.ts';
import { profile } from './recipes/profile/index.ts';
import { sql } from './recipes/sql/index.ts';
import { sync } from './recipes/sync/index.ts';
import { text } from './recipes/text/index.ts';
import { transform } from './recipes/transform/index.ts';
import { validate } from './recipes/validate/index.ts';
import { webhook } from './recipes/webhook/index.ts';
import { workflow } from './recipes/workflow/index.ts';
import { xml } from './recipes/xml/index.ts';

/** Every recipe of the library, by name. A folder under recipes/ is an entry here; a test compares the two. */
export const recipes: readonly Recipe[] = [
  aggregate,
  csv,
  dates,
  deduplicate,
  files,
  hash,
  http,
  join,
  json,
  jsonLines,
  map,
  oauth,
  profile,
  sql,
  sync,
  text,
  transform,
  validate,
  webhook,
  workflow,
  xml,
];

const byName = new Map(recipes.map((recipe) => [recipe.name, recipe]));

/** @throws CrafterError NOT_FOUND naming the recipe. */
export function recipe(name: string): Recipe {
  const found = byName.get(name);
  if (found) return found;
  throw new CrafterError('NOT_FOUND', `There is no recipe “${name}” in the library.`, {
    hint: `Recipes: ${recipes.map((each) => each.name).join(', ')}.`,
  });
}

/** Source text of a recipe's module: `readModule('csv', 'csv-reader.ts')`; `#shared/x.ts` for a shared module. */
export function readModule(recipe: string, file: string): string {
  if (file.startsWith('#shared/')) return readShared(file.slice('#shared/'.length));
  return readFileSync(assetUrl(`library/recipes/${recipe}/${file}`), 'utf8');
}

/** Source text of a module that recipes share. */
export function readShared(file: string): string {
  return readFileSync(assetUrl(`library/shared/${file}`), 'utf8');
}
