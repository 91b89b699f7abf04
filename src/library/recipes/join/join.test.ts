import { recipeConformance } from '../../conformance.ts';
import { join } from './index.ts';

recipeConformance(join);
