export { clientPrograms } from './clients.ts';
export { connectClient, connectionSnippet, disconnectClient } from './connect.ts';
export type { ConnectResult, ConnectTarget } from './connect.ts';
