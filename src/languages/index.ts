export { createTypescript } from './typescript/index.ts';
export type { TypescriptConfig } from './typescript/index.ts';
export { apiFileOf } from './typescript/print/api-file.ts';
export { basePath, settingsFor } from './typescript/testing/api-settings.ts';
export { operationsOf, tryOperation } from './typescript/testing/try-operation.ts';
export type { Exchange } from './typescript/testing/try-operation.ts';
