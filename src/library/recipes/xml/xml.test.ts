import { recipeConformance } from '../../conformance.ts';
import { xml } from './index.ts';

recipeConformance(xml);
