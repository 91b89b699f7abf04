import { recipeConformance } from '../../conformance.ts';
import { deduplicate } from './index.ts';

recipeConformance(deduplicate);
