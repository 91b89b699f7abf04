import type { Sandbox } from '../sandbox/index.ts';
import type {
  Analysis,
  Blueprint,
  Build,
  Grants,
  Language,
  LanguageName,
  Plan,
  PlannedRequest,
  ProgressEvent,
  ProjectFiles,
  Reading,
  Request,
  Target,
} from '../spec/index.ts';
import type { WishDocument, Prepared } from './wish-types.ts';

/** Input of a build's job, stored: no secret is in it. */
export interface BuildOrder {
  readonly build: string;
  readonly mode: 'create' | 'update';
  /** Version that an update starts from. */
  readonly base?: string;
  /** What it was granted then. */
  readonly granted?: Grants;
  readonly blueprint: Blueprint;
  readonly start: boolean;
  readonly port?: number;
  readonly out?: string;
}

/** What waits for something long. */
export interface Waiting {
  readonly signal: AbortSignal;
  progress(event: ProgressEvent): void;
}

export interface Builds {
  /** Reads a document without planning it. @throws CrafterError as the source finds. */
  read(document: WishDocument): Promise<Reading>;
  /**
   * Reads, analyses and plans.
   * @throws CrafterError INVALID_INPUT, INPUT_TOO_LARGE, UNKNOWN_KIND, NOT_SUPPORTED as the source finds.
   */
  prepare(document: WishDocument): Promise<Prepared & { readonly planned: PlannedRequest }>;
  keepPlan(prepared: Prepared & { readonly planned: PlannedRequest }): Promise<void>;
  /** By plan id or taskId. */
  keptPlan(id: string): Promise<Prepared | undefined>;
  /** Records and enqueues a build; secrets are sealed before. @throws CrafterError NAME_TAKEN. */
  order(order: BuildOrder, secrets: Readonly<Record<string, string>>): Promise<Build>;
  /** The finished build. When the caller goes away it rejects with CANCELLED; the build goes on. */
  wait(id: string, waiting: Waiting): Promise<Build>;
  /** Resolves when it has ended. */
  cancel(id: string): Promise<void>;
  /** Removes all that is stored of a server's ended builds and of its plans. */
  forget(server: string): Promise<void>;
  /**
   * Ends builds that an earlier service recorded and never queued, so that none waits for ever.
   * @param began when this service did, in milliseconds; what was recorded later is its own.
   * @param alone no other service shares the database.
   */
  settleLost(began: number, alone: boolean): Promise<void>;
}

/** Where a server's things lie; absolute paths. */
export interface Folders {
  readonly project: string;
  readonly workspace: string;
  readonly log: string;
}

/** The heavy parts. */
export interface Workshop {
  readonly sandbox: Sandbox;
  readonly target: Target;
  language(name: LanguageName): Promise<Language>;
  /** Analyses and plans. */
  think(request: Request): Promise<{ readonly analysis: Analysis; readonly plan: Plan }>;
  /** Pure: the same Blueprint gives the same files. */
  generate(blueprint: Blueprint): Promise<ProjectFiles>;
}
