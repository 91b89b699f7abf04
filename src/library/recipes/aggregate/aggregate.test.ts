import { recipeConformance } from '../../conformance.ts';
import { aggregate } from './index.ts';

recipeConformance(aggregate);
