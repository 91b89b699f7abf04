import { recipeConformance } from '../../conformance.ts';
import { sync } from './index.ts';

recipeConformance(sync);
