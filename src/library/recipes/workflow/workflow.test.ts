import { recipeConformance } from '../../conformance.ts';
import { workflow } from './index.ts';

recipeConformance(workflow);
