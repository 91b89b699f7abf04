export { createCrafter } from './crafter.ts';
export type { Crafter, CrafterConfig } from './crafter.ts';
export { CrafterError } from './errors.ts';
export type { ErrorCode, Problem } from './errors.ts';
export {
  callTool,
  cancelBuild,
  createMcpServer,
  deleteServer,
  ejectTools,
  executePlan,
  getBuildStatus,
  getLogs,
  getServerInfo,
  listServers,
  operations,
  planServer,
  restartServer,
  runOperation,
  startServer,
  stopServer,
  updateServer,
  verifyServer,
} from './operations/index.ts';
export type { Operation, OperationWork } from './operations/index.ts';
export type { Analysis, Blueprint, Build, Plan, ProgressEvent, Report, ServerSummary } from './spec/index.ts';
export { version } from './util/index.ts';
