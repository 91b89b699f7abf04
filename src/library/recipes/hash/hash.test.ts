import { recipeConformance } from '../../conformance.ts';
import { hash } from './index.ts';

recipeConformance(hash);
