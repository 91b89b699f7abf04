import { z } from 'zod';
import { analysis } from './analysis.ts';
import { blueprint } from './blueprint.ts';
import { request } from './request.ts';

/** A plan is a file that a person can read, edit and execute. */
export const plan = z.strictObject({
  format: z.literal(1),
  /** `plan-` and 12 hex digits; or the taskId's plan id. */
  id: z.string(),
  /** One Blueprint a server. */
  servers: z.array(z.strictObject({ blueprint, why: z.string() })),
  phases: z.array(z.strictObject({ name: z.string(), steps: z.array(z.string()), after: z.array(z.string()) })),
  deployment: z.strictObject({ target: z.string(), strategy: z.string(), healthCheck: z.string() }),
  rollback: z.string(),
  /** Grants the user has to give before the servers can do their work, in words. */
  grantsNeeded: z.array(z.string()),
  /** What is missing and the ways to supply it. */
  missing: z.array(z.strictObject({ what: z.string(), ways: z.array(z.string()) })),
  questions: z.array(z.string()),
});
export type Plan = z.infer<typeof plan>;

/** What `plan` prints and writes: everything needed to execute later. */
export const plannedRequest = z.strictObject({ request, analysis, plan });
export type PlannedRequest = z.infer<typeof plannedRequest>;
