import { recipeConformance } from '../../conformance.ts';
import { http } from './index.ts';

recipeConformance(http);
