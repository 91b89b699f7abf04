import { recipeConformance } from '../../conformance.ts';
import { validate } from './index.ts';

recipeConformance(validate);
