import type { Events } from './events/index.ts';
import type { Fleet } from './operate/index.ts';
import type { Builds, Folders, Workshop } from './pipeline.ts';
import type { Secrets } from './secrets/index.ts';
import type { Storage } from './storage/index.ts';

export interface CrafterConfig {
  /** Absolute path; made when missing. Default: MCP_CRAFTER_HOME, else the platform's place for state. */
  readonly stateFolder?: string;
  /** An existing PostgreSQL instead of the embedded one. */
  readonly databaseUrl?: string;
  /** Run generated code without a sandbox. Only when the user says so by name. */
  readonly unsafe?: boolean;
}

/** Everything wired: what operations run against. Close it when done. */
export interface Crafter {
  readonly stateFolder: string;
  readonly storage: Storage;
  readonly secrets: Secrets;
  readonly events: Events;
  readonly builds: Builds;
  readonly fleet: Fleet;
  /** Where a server's things lie in the state folder. */
  folders(name: string): Folders;
  /** The parts that handle generated code; loaded when first needed, since they are heavy. */
  workshop(): Promise<Workshop>;
  /** Stops every server and the database; unfinished builds go on at the next start. */
  close(): Promise<void>;
}
