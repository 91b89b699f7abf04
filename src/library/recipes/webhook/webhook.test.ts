import { recipeConformance } from '../../conformance.ts';
import { webhook } from './index.ts';

recipeConformance(webhook);
