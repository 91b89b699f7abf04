import { targetConformance } from '../../conformance.ts';
import { createProcessTarget } from './index.ts';

targetConformance(createProcessTarget);
