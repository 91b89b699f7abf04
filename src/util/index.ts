export { assetUrl } from './assets.ts';
export { canonicalJson } from './canonical-json.ts';
export { newId, sha256 } from './digest.ts';
export { camelCase, cut, kebabCase, pascalCase, sentenceCase, snakeCase, words } from './names.ts';
export { packageUrl, version } from './package.ts';
export { renderReport } from './report-text.ts';
export type { RenderOptions } from './report-text.ts';
export { defaultStateFolder } from './state-folder.ts';
