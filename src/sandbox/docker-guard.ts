import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { assetUrl, processMark } from '../util/index.ts';
import { nodeBinary } from './host.ts';

const guarded = new Set<string>();

/**
 * A container outlives whoever started it. So a process beside this one waits for the end of a pipe that only this
 * one holds, however it ends, and then removes what it left: until then a shell, which takes a megabyte.
 */
export function guardContainers(socketPath: string): void {
  const owner = processMark();
  if (guarded.has(socketPath) || owner === undefined) return;
  guarded.add(socketPath);
  const script = fileURLToPath(assetUrl('sandbox/docker-sweep.cjs'));
  // Twice: one may have been under way when the owner was killed.
  const words = [
    '-c',
    'read none; "$@"; sleep 2; exec "$@"',
    'sh',
    nodeBinary(),
    script,
    socketPath,
    `mcp-crafter.owner=${owner}`,
  ];
  // In a session of its own: it must not go when all of this one's are ended.
  const guard = spawn('/bin/sh', words, { cwd: '/', env: {}, detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  // The next start gets another one.
  const forget = (): void => void guarded.delete(socketPath);
  guard.once('error', forget).once('exit', forget);
  guard.unref();
  // Where it could not be started, it may have no streams.
  (guard.stdin as unknown as Socket | undefined)?.unref();
}
