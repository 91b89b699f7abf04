import { recipeConformance } from '../../conformance.ts';
import { map } from './index.ts';

recipeConformance(map);
