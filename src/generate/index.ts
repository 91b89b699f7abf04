export { generate } from './generate.ts';
export { diffProjects } from './diff-projects.ts';
export type { ProjectDifference } from './diff-projects.ts';
export { writeProject } from './write-project.ts';
export type { WrittenProject } from './write-project.ts';
