export { createAnalyzer } from './analyzer.ts';
export type { Analyzer, Assessment } from './analyzer.ts';
