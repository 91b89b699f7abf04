import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, eras, type Endpoint, type Era } from '../../client/index.ts';
import type { RunningServer } from '../../runner/index.ts';
import type { ProtocolLook } from '../../spec/index.ts';
import type { Target } from '../target.ts';
import { trialEnvironment } from './environment.ts';
import { lookAtProtection } from './http-protection.ts';

/** Time a server has to end after it was asked to, in milliseconds. */
const graceMs = 3000;
const connectMs = 15_000;

/** Both eras over every transport of a server, the way it ends, and over HTTP whom it keeps out. */
export async function lookAtProtocol(target: Target, folder: string, signal: AbortSignal): Promise<ProtocolLook[]> {
  if (!target.start) return target.endpoint ? lookElsewhere(target.endpoint, signal) : [];
  const start = async (transport: 'stdio' | 'http', name: string): Promise<RunningServer> => {
    const places = { workspace: join(folder, name, 'w'), runFolder: join(folder, name, 'r') };
    await Promise.all(Object.values(places).map((path) => mkdir(path, { recursive: true })));
    const environment = { ...trialEnvironment(target.blueprint, 'rough').variables };
    return target.start!({ transport, ...places, workspaceAccess: 'write', environment, signal });
  };
  const looks = [
    overStdio(await start('stdio', 'o'), '2025-11-25', 'closed_input', target.generated, signal),
    overStdio(await start('stdio', 'n'), '2026-07-28', 'sigterm', target.generated, signal),
    ...(target.transports.includes('http') ? [overHttp(await start('http', 'h'), signal)] : []),
  ];
  return (await Promise.all(looks)).flat();
}

async function overStdio(server: RunningServer, era: Era, end: 'closed_input' | 'sigterm', ours: boolean, signal: AbortSignal): Promise<ProtocolLook[]> {
  const { stdin, stdout } = server;
  try {
    if (!stdin || !stdout) return [];
    // A server of others may well speak only the older era, and end in its own way.
    const severity = ours || era === '2025-11-25' ? 'error' : 'warning';
    const spoken = await speak({ kind: 'stdio', stdin, stdout }, era, `stdio/${era}`, severity, signal, false);
    return [spoken, await ends(server, end, ours ? 'error' : 'warning')];
  } finally {
    await server.stop(0);
  }
}

async function overHttp(server: RunningServer, signal: AbortSignal): Promise<ProtocolLook[]> {
  try {
    const endpoint: Endpoint = {
      kind: 'http',
      url: server.url ?? 'http://localhost/mcp',
      ...(server.socketPath !== undefined && { socketPath: server.socketPath }),
      ...(server.token !== undefined && { token: server.token }),
    };
    const spoken = await Promise.all(eras.map((era) => speak(endpoint, era, `http/${era}`, 'error', signal, true)));
    const protection = await lookAtProtection(endpoint);
    return [...spoken, ...protection, { ...(await ends(server, 'sigterm', 'error')), case: 'http/stops/sigterm' }];
  } finally {
    await server.stop(0);
  }
}

async function lookElsewhere(endpoint: Endpoint, signal: AbortSignal): Promise<ProtocolLook[]> {
  const [older, newer] = await Promise.all(eras.map((era) => speak(endpoint, era, `http/${era}`, 'warning', signal, true)));
  const any = older?.passed === true || newer?.passed === true;
  return [older, newer].flatMap((look) => (look ? [any ? look : { ...look, severity: 'error' as const }] : []));
}

async function speak(endpoint: Endpoint, era: Era, name: string, severity: 'error' | 'warning', signal: AbortSignal, close: boolean): Promise<ProtocolLook> {
  const look = { case: name, severity };
  try {
    const connection = await connect(endpoint, { era, signal, timeoutMs: connectMs });
    await connection.listTools();
    if (close) await connection.close();
    if (connection.era === era) return { ...look, passed: true, message: `It speaks ${era} over ${endpoint.kind}.` };
    return { ...look, passed: false, message: `Asked for ${era} it answers with ${connection.era}.`, remedy: `Support protocol version ${era}.` };
  } catch (error) {
    signal.throwIfAborted();
    const words = error instanceof Error ? error.message : String(error);
    return { ...look, passed: false, message: `It does not speak ${era} over ${endpoint.kind}: ${words.slice(0, 300)}`, remedy: `Support protocol version ${era}.` };
  }
}

async function ends(server: RunningServer, how: 'closed_input' | 'sigterm', severity: 'error' | 'warning'): Promise<ProtocolLook> {
  const look = { case: `stops/${how}`, severity };
  const asked = how === 'sigterm' ? 'SIGTERM' : 'closed input';
  if (how === 'closed_input') server.stdin?.end();
  const late = Symbol('late');
  const ended = how === 'sigterm' ? server.stop(graceMs) : Promise.race([server.exited, after(graceMs, late)]);
  const info = await ended;
  if (typeof info === 'symbol') return { ...look, passed: false, message: `It goes on after ${asked}.`, remedy: `End within ${graceMs / 1000} s.` };
  if (info.code === 0) return { ...look, passed: true, message: `It ends cleanly on ${asked}.` };
  const way = info.signal ? `by ${info.signal}` : `with code ${info.code}`;
  return { ...look, passed: false, message: `On ${asked} it ends ${way}.`, remedy: 'Close what is open and end with code 0.' };
}

function after<T>(milliseconds: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, value).unref());
}
