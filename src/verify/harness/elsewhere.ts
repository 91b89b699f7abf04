import { connect } from '../../client/index.ts';
import type { ServerTool } from '../../spec/index.ts';
import type { Target } from '../target.ts';

/** The tools of a server that runs elsewhere. */
export async function listElsewhere(target: Target, signal: AbortSignal): Promise<readonly ServerTool[]> {
  if (!target.endpoint) return [];
  const connection = await connect(target.endpoint, { era: 'auto', signal, timeoutMs: 20_000 });
  try {
    return await connection.listTools();
  } finally {
    await connection.close();
  }
}
