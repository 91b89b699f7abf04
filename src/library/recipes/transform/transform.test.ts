import { recipeConformance } from '../../conformance.ts';
import { transform } from './index.ts';

recipeConformance(transform);
