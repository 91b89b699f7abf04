import { readFileSync } from 'node:fs';
import { sourceConformance } from '../conformance.ts';
import { formSource } from './index.ts';

sourceConformance(formSource, readFileSync('examples/order-tools.form.json', 'utf8'));
