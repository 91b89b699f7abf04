import { recipeConformance } from '../../conformance.ts';
import { json } from './index.ts';

recipeConformance(json);
