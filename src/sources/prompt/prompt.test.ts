import { readFileSync } from 'node:fs';
import { sourceConformance } from '../conformance.ts';
import { promptSource } from './index.ts';

sourceConformance(promptSource, readFileSync('examples/report-folder.prompt.txt', 'utf8'));
