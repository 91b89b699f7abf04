import { recipeConformance } from '../../conformance.ts';
import { csv } from './index.ts';

recipeConformance(csv);
