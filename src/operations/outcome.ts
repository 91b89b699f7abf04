import { z } from 'zod';
import { buildStates, errorJson, report } from '../spec/index.ts';

/** What an update changes, before and after it is built. */
const changes = z.object({
  version: z.object({ from: z.string(), to: z.string() }),
  /** One line a change of tools, resources or prompts, for example `added tool get_weather`. */
  interface: z.array(z.string()),
  /** Unified difference of the generated code; cut when it is long. */
  code: z.string(),
  /** Files that a person has changed: left as they are, and no part of the server. */
  kept: z.array(z.string()),
});

/**
 * How a build stands. `queued` and `running`: ask get_build_status with `build`.
 * An outcome with `error` is a failed operation: faces exit or answer accordingly.
 */
export const outcome = z.object({
  /** Absent when there was nothing to build. */
  build: z.string().optional(),
  status: z.enum([...buildStates, 'unchanged', 'preview']),
  server: z.string(),
  version: z.string(),
  /** What happened and what to do next, in a sentence or two. */
  message: z.string(),
  /** Its tools once it is ready, each with its parameters, in the order of use. */
  tools: z.array(z.string()).optional(),
  /** Where the server answers, when it was started. */
  url: z.string().optional(),
  /** Wishes that this version does not fulfil, doubts, and other remarks. */
  notes: z.array(z.string()),
  report: report.optional(),
  error: errorJson.optional(),
  changes: changes.optional(),
  /** Builds of the further servers, when the plan makes several. */
  also: z.array(z.object({ build: z.string(), server: z.string(), status: z.enum(buildStates) })).optional(),
});
