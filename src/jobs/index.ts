export { openJobs, type JobsConfig } from './jobs.ts';
export type { JobContext, Jobs, JobState } from './types.ts';
