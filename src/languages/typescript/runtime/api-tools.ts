import type { ApiFile } from './api-file.ts';
import type { FetchContext, FolderContext, SecretContext, ToolContext } from './context.ts';
import type { Tool } from './tool.ts';

/** What calls of an API use. Folders are for bodies and answers that are files. */
export type ApiContext = ToolContext & FetchContext & SecretContext & Partial<FolderContext>;

export interface ApiRuntimeOptions {
  /** Largest answer given at once, in characters; the rest is kept for `read_answer`. */
  readonly maxResultCharacters: number;
}

/** The listed tools of an API. Nothing is compiled or indexed before it is needed. */
export function apiTools(api: ApiFile, options: ApiRuntimeOptions): Tool<ApiContext>[] {
  throw new Error(`${api.tools.length} tools, ${options.maxResultCharacters} characters: not made yet`);
}
