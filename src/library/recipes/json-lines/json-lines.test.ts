import { recipeConformance } from '../../conformance.ts';
import { jsonLines } from './index.ts';

recipeConformance(jsonLines);
