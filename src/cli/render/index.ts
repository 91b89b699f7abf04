import { plainJson } from '../../util/index.ts';
import { plain, style, within } from '../output.ts';
import { renderCall } from './call.ts';
import { renderOutcome, renderBuild } from './build.ts';
import { renderPlan } from './plan.ts';
import { renderReport } from './report.ts';
import { renderInfo, renderList } from './server.ts';

/** Text for a person, by operation; what has none of its own is shown by its message. */
const renderers: Readonly<Record<string, (result: never) => string>> = {
  create_mcp_server: renderOutcome,
  execute_plan: renderOutcome,
  update_server: renderOutcome,
  eject_tools: renderOutcome,
  get_build_status: renderBuild,
  cancel_build: renderBuild,
  plan_server: renderPlan,
  list_servers: renderList,
  get_server_info: renderInfo,
  call_tool: renderCall,
  verify_server: renderReport,
  get_logs: (result: { lines: string[] }) => result.lines.map(plain).join('\n'),
  delete_server: ({ server, disconnected }: { server: string; disconnected: string[] }) =>
    [`${style('green', '✓')} ${server} is deleted.`, ...disconnected.map((file) => `It is out of ${plain(file)}.`)].join('\n'),
};

export function render(operation: string, result: unknown): string {
  const renderer = renderers[operation];
  if (renderer !== undefined) return renderer(result as never);
  const { message } = (result ?? {}) as { message?: string };
  return message === undefined ? plainJson(result) : `${style('green', '✓')} ${within(message)}`;
}
