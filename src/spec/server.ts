import { z } from 'zod';
import { report } from './report.ts';

export const buildStates = ['queued', 'running', 'success', 'failed', 'cancelled'] as const;
export type BuildState = (typeof buildStates)[number];

export const buildStages = ['analyze', 'plan', 'resolve', 'generate', 'verify', 'package', 'deploy'] as const;
export type BuildStage = (typeof buildStages)[number];

/** One step of progress of anything long. Also the unit of event streams. */
export const progressEvent = z.strictObject({
  build: z.string().optional(),
  stage: z.string(),
  /** 0 to 1 over the whole operation. */
  fraction: z.number(),
  message: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
});
export type ProgressEvent = z.infer<typeof progressEvent>;

export const errorJson = z.strictObject({
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  problems: z.array(
    z.strictObject({ field: z.string(), value: z.string().optional(), message: z.string(), remedy: z.string() }),
  ),
});

export const build = z.strictObject({
  /** `build-` and 12 hex digits. */
  id: z.string(),
  server: z.string(),
  version: z.string(),
  status: z.enum(buildStates),
  stage: z.enum(buildStages).optional(),
  fraction: z.number(),
  message: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().optional(),
  error: errorJson.optional(),
  report: report.optional(),
});
export type Build = z.infer<typeof build>;

export const serverStatus = z.enum(['building', 'ready', 'running', 'stopped', 'unhealthy', 'failed']);

/** A registered server as every face shows it. */
export const serverSummary = z.strictObject({
  name: z.string(),
  version: z.string(),
  status: serverStatus,
  description: z.string(),
  language: z.string(),
  tools: z.array(z.string()),
  score: z.number().optional(),
  /** Where it answers while running, for example `http://127.0.0.1:41234/mcp`. */
  url: z.string().optional(),
  /** The service that runs it, when another one of the same database does. */
  service: z.string().optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type ServerSummary = z.infer<typeof serverSummary>;

const releaseStates = ['starting', 'active', 'replaced', 'rolled_back', 'stopped'] as const;
export const release = z.strictObject({
  id: z.string(),
  server: z.string(),
  version: z.string(),
  /** Content digest of the artifact. */
  artifact: z.string(),
  target: z.string(),
  status: z.enum(releaseStates),
  reason: z.string().optional(),
  createdAt: z.string(),
});
export type Release = z.infer<typeof release>;
