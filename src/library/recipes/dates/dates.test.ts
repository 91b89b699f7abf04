import { recipeConformance } from '../../conformance.ts';
import { dates } from './index.ts';

recipeConformance(dates);
