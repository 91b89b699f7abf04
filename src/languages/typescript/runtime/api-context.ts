import type { FetchContext, FolderContext, SecretContext, ToolContext } from './context.ts';
import { ToolError } from './errors.ts';

/** What calls of an API use. Folders are for bodies and answers that are files, and for keeping a sign-in. */
export type ApiContext = ToolContext & FetchContext & SecretContext & Partial<FolderContext>;

/** Value of a variable without space around it, which files like to end with, or undefined when it is not set. */
export function variable(context: SecretContext, name: string): string | undefined {
  try {
    return context.secret(name).trim() || undefined;
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}
