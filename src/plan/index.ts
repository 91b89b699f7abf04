export { readPlan } from './plan-file.ts';
export { createPlanner } from './planner.ts';
export type { Planner } from './planner.ts';
export { folderNeeded } from './texts.ts';
