export { openJobs, type JobsConfig } from './jobs.ts';
export { patiently } from './patience.ts';
export { silenceMilliseconds } from './pool.ts';
export type { JobContext, Jobs, JobState } from './types.ts';
