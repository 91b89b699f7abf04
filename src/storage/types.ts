import type { Blueprint, Build, Plan, PlannedRequest, Release, Report } from '../spec/index.ts';

export interface ServerRecord {
  readonly name: string;
  readonly version: string;
  /** What is wanted of it: restored after a restart of the service. */
  readonly desired: 'running' | 'stopped';
  readonly blueprint: Blueprint;
  readonly report?: Report;
  /** Content digest of the active artifact; absent until a build succeeded. */
  readonly artifact?: string;
  /** Folder the user asked the project to be written to, absolute. */
  readonly out?: string;
  /** SHA-256 of each file as generated, by relative path: tells a person's changes from ours. */
  readonly generated: Readonly<Record<string, string>>;
  /** Loopback port the user asked for; absent: any free one. */
  readonly port?: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A server in a listing: of its record what is short. */
export interface ServerOverview extends Pick<
  ServerRecord,
  'name' | 'version' | 'desired' | 'artifact' | 'createdAt' | 'updatedAt'
> {
  readonly description: string;
  readonly language: Blueprint['language'];
  /** Their names. */
  readonly tools: readonly string[];
  /** Of the latest report. */
  readonly score?: number;
}

/** What the resident part keeps. All methods reject with DATABASE_UNAVAILABLE when the database is gone. */
export interface Storage {
  readonly servers: {
    get(name: string): Promise<ServerRecord | undefined>;
    /** By name. */
    list(): Promise<readonly ServerOverview[]>;
    /** Inserts or replaces. */
    put(record: ServerRecord): Promise<void>;
    /** Removes its releases too; builds stay as its history, secrets have their own `deleteAll`. False: there was none. */
    delete(name: string): Promise<boolean>;
  };
  readonly builds: {
    /** @throws NAME_TAKEN when `exclusive` and the name belongs to a server or an unfinished build. */
    create(build: Build & { readonly input: unknown }, exclusive: boolean): Promise<void>;
    get(id: string): Promise<(Build & { readonly input: unknown }) | undefined>;
    /** Newest first. */
    list(filter?: {
      readonly server?: string;
      readonly unfinished?: boolean;
      readonly limit?: number;
    }): Promise<readonly Build[]>;
    update(id: string, change: Partial<Omit<Build, 'id'>>): Promise<void>;
  };
  readonly plans: {
    put(plan: PlannedRequest): Promise<void>;
    get(id: Plan['id']): Promise<PlannedRequest | undefined>;
  };
  readonly releases: {
    put(release: Release): Promise<void>;
    /** Newest first. */
    list(server: string): Promise<readonly Release[]>;
    active(server: string): Promise<Release | undefined>;
  };
  readonly secrets: {
    /** Ciphertext as `secrets/` made it. */
    put(server: string, name: string, sealed: string): Promise<void>;
    get(server: string, name: string): Promise<string | undefined>;
    names(server: string): Promise<readonly string[]>;
    /** All of them, of all servers. */
    list(): Promise<readonly { readonly server: string; readonly name: string; readonly sealed: string }[]>;
    deleteAll(server: string): Promise<void>;
  };
  /** Connection string for the parts that bring their own tables (durable jobs). Never logged. */
  readonly connectionString: string;
  close(): Promise<void>;
}

export interface StorageConfig {
  /** Absolute path of the state folder. */
  readonly stateFolder: string;
  /** An existing PostgreSQL instead of the embedded one. */
  readonly databaseUrl?: string;
}
