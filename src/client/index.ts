export { connect } from './connect.ts';
export { eras } from './types.ts';
export type { CallResult, ConnectOptions, Endpoint, Era, ListedTool, McpConnection } from './types.ts';
