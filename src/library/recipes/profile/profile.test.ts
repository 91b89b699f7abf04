import { recipeConformance } from '../../conformance.ts';
import { profile } from './index.ts';

recipeConformance(profile);
