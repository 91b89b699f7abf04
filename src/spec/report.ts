import { z } from 'zod';

export const levels = ['L1', 'L2', 'L3', 'L4'] as const;
export type Level = (typeof levels)[number];

/** One thing verification looked at. A failed check is a value, never an exception. */
export const checkResult = z.strictObject({
  /** Check folder and case, for example `speaks_protocol/2026-07-28/http`. */
  check: z.string(),
  level: z.enum(levels),
  status: z.enum(['passed', 'failed', 'skipped']),
  /** `error` fails the level; `warning` is shown and does not. */
  severity: z.enum(['error', 'warning']).default('error'),
  /** Tool it is about, when it is about one. */
  tool: z.string().optional(),
  /** What was seen, in one or two sentences. */
  message: z.string(),
  /** What to do about it, when failed. */
  remedy: z.string().optional(),
  milliseconds: z.number().optional(),
});
export type CheckResult = z.infer<typeof checkResult>;

export const finding = z.strictObject({
  type: z.string(),
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  file: z.string().optional(),
  line: z.int().optional(),
  tool: z.string().optional(),
  message: z.string(),
  suggestion: z.string(),
});
export type Finding = z.infer<typeof finding>;

export const report = z.strictObject({
  format: z.literal(1),
  /** Name of what was verified: a server, a command line or a URL. */
  subject: z.string(),
  version: z.string().optional(),
  /** mcp-crafter's version. */
  verifier: z.string(),
  success: z.boolean(),
  /** 0 to 100: share of applicable checks passed, errors weighing three times a warning; 0-cap rules in verify/. */
  score: z.number(),
  levels: z.array(z.strictObject({ level: z.enum(levels), passed: z.int(), applicable: z.int() })),
  checks: z.array(checkResult),
  findings: z.array(finding),
  figures: z.strictObject({
    /** Tokens of the tool listing, estimated as characters / 4. */
    listingTokens: z.int().optional(),
    startMilliseconds: z.number().optional(),
    /** Median over the calls made. */
    callMilliseconds: z.number().optional(),
    memoryBytes: z.number().optional(),
    memoryGrowthBytes: z.number().optional(),
    verifyMilliseconds: z.number(),
  }),
  /** What it ran in here; absent for a server that runs elsewhere, and in reports of earlier versions. */
  sandbox: z.enum(['bubblewrap', 'docker', 'none']).optional(),
  /** What weakens the report, for example a missing sandbox. */
  caveats: z.array(z.string()),
});
export type Report = z.infer<typeof report>;
