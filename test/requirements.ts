import { connectRequirements } from './requirements/connect.ts';
import type { Requirement } from './requirements/define.ts';
import { houseRequirements } from './requirements/house.ts';

/** Every promise that tests cite, by area. */
export const requirements: readonly Requirement[] = [...connectRequirements, ...houseRequirements];
