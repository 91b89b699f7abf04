import { readFileSync } from 'node:fs';
import { sourceConformance } from '../conformance.ts';
import { contextSource } from './index.ts';

sourceConformance(contextSource, readFileSync('examples/customer-data.context.json', 'utf8'));
