import type { Blueprint, Build, Plan, PlannedRequest, Release, Report, Traffic } from '../spec/index.ts';

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

/** One of the services that share a database: the same for a state folder, however often it is started. */
export interface ServiceName {
  readonly id: string;
  /** For people: its machine and state folder. */
  readonly label: string;
}

/** What is kept of a server's run. */
export interface PostRecord {
  readonly server: string;
  /** Id and label of the service that runs it; absent when none does. */
  readonly service?: string;
  readonly label?: string;
  /** That service is known to live. */
  readonly alive: boolean;
  /** Id of the living service that asks for it. */
  readonly asked?: string;
  /** Loopback port it answered on last. */
  readonly port?: number;
  /** What it has exchanged with the outside. */
  readonly traffic?: Traffic;
}

/** What the resident part keeps. All methods reject with DATABASE_UNAVAILABLE when the database is gone. */
export interface Storage {
  readonly servers: {
    get(name: string): Promise<ServerRecord | undefined>;
    /** By name. */
    list(): Promise<readonly ServerOverview[]>;
    /** Inserts or replaces. */
    put(record: ServerRecord): Promise<void>;
    /** Changes a server that stands; in between nobody else changes it or deletes it. Undefined leaves it as it is. */
    change(name: string, to: (record: ServerRecord) => ServerRecord | undefined): Promise<void>;
    /** Removes its releases and its post too; builds, plans and secrets have their own `deleteAll`. False: there was none. */
    delete(name: string): Promise<boolean>;
  };
  readonly builds: {
    /** @throws NAME_TAKEN when `exclusive` and the name belongs to a server or an unfinished build. */
    create(build: Build, exclusive: boolean): Promise<void>;
    get(id: string): Promise<Build | undefined>;
    /** Newest first. */
    list(filter?: {
      readonly server?: string;
      readonly unfinished?: boolean;
      readonly limit?: number;
    }): Promise<readonly Build[]>;
    /** A build that has ended stays as it is: what is said of its progress may come late. */
    update(id: string, change: Partial<Omit<Build, 'id'>>): Promise<void>;
    deleteAll(server: string): Promise<void>;
    /** Removes those that ended before a time (ISO 8601) and of whose name there is no server. */
    deleteLost(before: string): Promise<void>;
  };
  readonly plans: {
    put(plan: PlannedRequest): Promise<void>;
    get(id: Plan['id']): Promise<PlannedRequest | undefined>;
    /** Removes those that plan this server and none that stands; gives their ids. */
    deleteAll(server: string): Promise<readonly string[]>;
  };
  readonly releases: {
    put(release: Release): Promise<void>;
    /** Newest first. */
    list(server: string): Promise<readonly Release[]>;
    active(server: string): Promise<Release | undefined>;
  };
  readonly posts: {
    list(): Promise<readonly PostRecord[]>;
    get(server: string): Promise<PostRecord | undefined>;
    /** Makes a service the one that runs a server, unless another living one does, or has asked for it: `get` tells. */
    claim(server: string, service: ServiceName): Promise<void>;
    /** Asks the service that runs it to let go, for the sake of another; without one takes that back. */
    ask(server: string, asker?: string): Promise<void>;
    /** The service runs it no more; also done for one that is dead. */
    release(server: string, service: string): Promise<void>;
    note(server: string, change: Pick<PostRecord, 'port' | 'traffic'>): Promise<void>;
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
