export { createTypescript } from './typescript/index.ts';
export type { TypescriptConfig } from './typescript/index.ts';
export { apiExamplesOf, apiFileOf } from './typescript/print/api-file.ts';
export type { ApiFile, ApiOperation } from './typescript/runtime/api-file.ts';
export { basePath, settingsFor } from './typescript/testing/api-settings.ts';
export { pathPattern } from './typescript/testing/judge-request.ts';
export { sampleAnswer } from './typescript/testing/sample-answer.ts';
export { attemptOf, judgeAttempt, obstacleTo, operationsOf, tryOperation } from './typescript/testing/try-operation.ts';
export type { Exchange, TriedApi } from './typescript/testing/try-operation.ts';
