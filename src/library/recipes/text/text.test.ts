import { recipeConformance } from '../../conformance.ts';
import { text } from './index.ts';

recipeConformance(text);
