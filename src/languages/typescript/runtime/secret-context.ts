/** Part of the context for tools that need credentials. */
export interface SecretContext {
  /** Value of a declared environment variable. Throws ToolError naming the variable when it is not set. */
  secret(name: string): string;
}
