import { z } from 'zod';

/** A host and port a server may reach. `host` may start with `*.` for any one subdomain level. */
export const hostGrant = z.strictObject({
  host: z
    .string()
    .regex(/^(?:\*\.)?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?$|^[0-9a-f:.]+$/i, 'is no name or address of a host')
    .max(253),
  port: z.int().min(1).max(65535).default(443),
  /** Private and loopback addresses are refused unless this is set by the user. */
  private: z.boolean().default(false),
});

/** A folder a server may see; everything else outside its workspace does not exist for it. */
export const folderGrant = z.strictObject({
  path: z.string().min(1).max(4096),
  access: z.enum(['read', 'write']).default('read'),
  /** Where the path led when it was granted: links on it may be exchanged later. */
  real: z.string().min(1).max(4096).optional(),
});

export const grants = z.strictObject({
  hosts: z.array(hostGrant).max(100).default([]),
  folders: z.array(folderGrant).max(20).default([]),
  /** Packages that the user takes by name though theirs is near a famous one, or they are young. */
  packages: z.array(z.string().max(214)).max(100).optional(),
});

/** Limits that the server enforces at run time and verification proves. */
export const limits = z.strictObject({
  /** Largest file or inline text a tool accepts, in bytes. */
  maxInputBytes: z.int().positive().optional(),
  /** Longest time one tool call may take, in seconds. */
  maxSeconds: z.number().positive().optional(),
  /** Outgoing API calls allowed per window. */
  calls: z.strictObject({ count: z.int().positive(), seconds: z.number().positive() }).optional(),
  /** How often a failed outgoing request is tried again; 0 switches retrying off. */
  retries: z.int().min(0).max(10).optional(),
  /** Largest result a tool returns, in characters of its text form. */
  maxResultCharacters: z.int().positive().default(100_000),
});

/** How long a tool call may take where nothing is said of it, in seconds. */
export const usualMaxSeconds = 60;

export type HostGrant = z.infer<typeof hostGrant>;
export type FolderGrant = z.infer<typeof folderGrant>;
export type Grants = z.infer<typeof grants>;
export type Limits = z.infer<typeof limits>;
