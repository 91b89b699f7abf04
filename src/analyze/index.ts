export { createAnalyzer } from './analyzer.ts';
export type { Analyzer } from './analyzer.ts';
