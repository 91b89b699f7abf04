import { recipeConformance } from '../../conformance.ts';
import { oauth } from './index.ts';

recipeConformance(oauth);
