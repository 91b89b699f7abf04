import { backupState } from './backup.ts';
import { getServerSbom } from './bill.ts';
import { cancelBuild, getBuildStatus } from './builds.ts';
import { callTool } from './call-tool.ts';
import { createMcpServer } from './create-server.ts';
import type { Operation } from './define.ts';
import { ejectTools } from './eject-tools.ts';
import { getServiceHealth } from './health.ts';
import { getRunLaunch, holdRun, noteUnprotectedRun } from './launch.ts';
import { restartServer, startServer, stopServer } from './lifecycle.ts';
import { getLogs } from './logs.ts';
import { executePlan, planServer } from './plan-server.ts';
import { deleteServer, getServerInfo, listServers } from './servers.ts';
import { updateServer } from './update-server.ts';
import { verifyServer } from './verify-server.ts';

/** Everything mcp-crafter can do; the faces are derived from this table. */
export const operations: readonly Operation[] = [
  createMcpServer,
  planServer,
  executePlan,
  getBuildStatus,
  cancelBuild,
  listServers,
  getServerInfo,
  getServerSbom,
  getLogs,
  startServer,
  stopServer,
  restartServer,
  callTool,
  updateServer,
  ejectTools,
  verifyServer,
  deleteServer,
  getRunLaunch,
  noteUnprotectedRun,
  holdRun,
  backupState,
  getServiceHealth,
] as readonly unknown[] as readonly Operation[];

export { refusePrivate } from './define.ts';
export type { CommandShape, Effect, Operation, OperationWork } from './define.ts';
export { referencesIn } from './api-document.ts';
export { runOperation } from './run-operation.ts';
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
  planServer,
  restartServer,
  startServer,
  stopServer,
  updateServer,
  verifyServer,
};
