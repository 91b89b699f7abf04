export { createAnalyzer } from './analyzer.ts';
export type { Analyzer } from './analyzer.ts';
export type { Assessment } from './assess.ts';
