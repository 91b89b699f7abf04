import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Place } from './place.ts';

export const databaseName = 'mcp_crafter';
export const roleName = 'mcp_crafter';

/** Sized for one machine's builds: 20–29 MB of memory at rest. */
const serverSettings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  shared_buffers: '16MB',
  max_connections: '60',
  io_method: 'sync',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '128MB',
  jit: 'off',
  max_parallel_workers: '0',
  autovacuum_naptime: '5min',
  idle_in_transaction_session_timeout: '60s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements hold what users gave us; a log keeps none of them.
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
};

/**
 * Starts the server on its own: it outlives this process, and the next one adopts it.
 * @param onError hears why the program could not be started, perhaps before this resolves.
 */
export async function startServer(
  software: string,
  place: Place,
  onError: (error: Error) => void,
): Promise<ChildProcess> {
  // A new file: children of a killed one may still write to theirs, and would be taken for this one.
  await rm(place.log, { force: true });
  const log = await open(place.log, 'wx', 0o600);
  try {
    const settings = Object.entries({ ...serverSettings, unix_socket_directories: place.socketFolder });
    const flags = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(join(software, 'bin', 'postgres'), ['-D', place.data, ...flags], {
      ...place.account,
      cwd: '/',
      env: programEnvironment,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    child.on('error', onError).unref();
    return child;
  } finally {
    await log.close();
  }
}

/** Makes a cluster with our role, which is no superuser, its database, and no other way in. */
export async function makeCluster(software: string, place: Place, data: string): Promise<void> {
  const locale = '--locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C';
  const flags = `-U postgres -A trust -E UTF8 ${locale} --no-sync --no-instructions`;
  await runProgram(software, place, 'initdb', ['-D', data, ...flags.split(' ')]);
  const commands = [`CREATE ROLE ${roleName} LOGIN`, `CREATE DATABASE ${databaseName} OWNER ${roleName}`];
  await runProgram(software, place, 'postgres', ['--single', '-D', data, 'postgres'], `${commands.join(';\n')};\n`);
}

const programEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

function runProgram(software: string, place: Place, name: string, args: string[], input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { ...place.account, cwd: '/', env: programEnvironment, timeout: 120_000 };
    const child = execFile(join(software, 'bin', name), args, options, (error, _stdout, stderr) => {
      if (error) reject(new Error(`${name} failed: ${stderr.trim().split('\n').slice(-3).join(' ') || error.message}`));
      else resolve();
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
