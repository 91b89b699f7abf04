import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../client/index.ts';
import type { CallResult, McpConnection } from '../client/index.ts';
import { CrafterError, toCrafterError } from '../errors.ts';
import { layFiles, removeTree } from '../sandbox/index.ts';
import type { Deployable, Example, Target, Tool } from '../spec/index.ts';
import { cut } from '../util/index.ts';

/**
 * Tries a new version on its target before it replaces another: it must list its tools and answer one example
 * call of each read-only tool. It runs beside the old one, in a workspace of its own that is thrown away.
 * @throws CrafterError SERVER_UNHEALTHY with what went wrong.
 */
export async function rehearse(target: Target, server: Deployable, workspaceParent = tmpdir()): Promise<void> {
  const workspace = await mkdtemp(join(workspaceParent, 'rehearsal-'));
  try {
    const instance = await target.start({ ...server, workspace });
    try {
      const connection = await connect(
        {
          kind: 'http',
          url: instance.url ?? 'http://localhost/mcp',
          socketPath: instance.socketPath,
          token: instance.token,
        },
        { era: 'auto', signal: server.signal },
      );
      await tryOut(connection, server, workspace);
      await connection.close();
    } finally {
      await instance.stop();
    }
  } catch (error) {
    const { code, message, hint } = toCrafterError(error);
    if (code === 'CANCELLED' || server.signal?.aborted === true) throw error;
    throw new CrafterError(
      'SERVER_UNHEALTHY',
      `Version ${server.blueprint.version} was tried and refused: ${message}`,
      {
        hint: code === 'INTERNAL' ? 'The version before it goes on. Correct the tool and update again.' : hint,
        cause: error,
      },
    );
  } finally {
    await removeTree(workspace);
  }
}

async function tryOut(connection: McpConnection, { blueprint, signal }: Deployable, workspace: string): Promise<void> {
  const listed = new Set((await connection.listTools()).map((tool) => tool.name));
  const absent = blueprint.tools.find((tool) => !listed.has(tool.name));
  if (absent !== undefined) throw refused(`it does not list its tool ${absent.name}`);
  for (const tool of blueprint.tools) {
    const [example] = tool.examples;
    if (!tool.annotations.readOnlyHint || example === undefined) continue;
    await layFiles(workspace, example.files ?? {});
    const result = await connection.callTool(tool.name, example.arguments, {
      timeoutMs: 60_000,
      ...(signal === undefined ? {} : { signal }),
    });
    judge(tool, example, result);
  }
}

/** Whether the call ended as its example says; what exactly comes back is verification's affair. */
function judge(tool: Tool, example: Example, result: CallResult): void {
  const wanted = example.expect !== undefined && 'isError' in example.expect && example.expect.isError;
  if ((result.isError === true) === wanted) return;
  const said = cut(result.content.map((part) => part.text ?? '').join(' '), 300);
  throw refused(
    wanted ? `${tool.name} accepts what its example says it refuses` : `${tool.name} fails its example call: ${said}`,
  );
}

function refused(why: string): CrafterError {
  return new CrafterError('SERVER_UNHEALTHY', why.replace(/\.*$/, '.'), {
    hint: 'The version before it goes on. Correct the tool and update again.',
  });
}
