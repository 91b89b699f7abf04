/** Part of the context for tools that call other systems. */
export interface FetchContext {
  /**
   * The standard fetch, with the server's limits: only granted hosts, the declared rate,
   * retries with backoff for failed requests that are safe to repeat (Retry-After obeyed), the call's signal.
   */
  readonly fetch: typeof fetch;
}
