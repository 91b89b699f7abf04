import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { eras, probeEra, probeHttpProtection, type Endpoint, type Era } from '../../client/index.ts';
import type { RunningServer } from '../../runner/index.ts';
import type { ProtocolLook } from '../../spec/index.ts';
import type { Target } from '../target.ts';
import { trialEnvironment } from './environment.ts';
import { ends } from './clean-end.ts';

const answerMs = 8000;

export interface ProtocolView {
  readonly looks: readonly ProtocolLook[];
  /** What the server tells a model about itself. */
  readonly instructions?: string;
  /** Tools as they stand in a listing, unchecked. */
  readonly tools: readonly unknown[];
}

/** Both eras over every transport of a server, the way it ends, and over HTTP whom it keeps out. */
export async function lookAtProtocol(target: Target, folder: string, signal: AbortSignal): Promise<ProtocolView> {
  if (!target.start)
    return target.endpoint ? merge(await bothEras(target.endpoint, 'http', signal), false) : merge([], false);
  const start = async (transport: 'stdio' | 'http', name: string): Promise<RunningServer> => {
    const places = { workspace: join(folder, name, 'w'), runFolder: join(folder, name, 'r') };
    await Promise.all(Object.values(places).map((path) => mkdir(path, { recursive: true })));
    const environment = { ...trialEnvironment(target.blueprint, 'rough').variables };
    return target.start!({ transport, ...places, workspaceAccess: 'write', environment, signal });
  };
  const views = await Promise.all([
    start('stdio', 'o').then((server) => overStdio(server, '2025-11-25', 'closed_input', signal)),
    start('stdio', 'n').then((server) => overStdio(server, '2026-07-28', 'sigterm', signal)),
    target.transports.includes('http') ? start('http', 'h').then((server) => overHttp(server, signal)) : [],
  ]);
  return merge(views.flat(), target.generated);
}

/** One era over one transport, or what belongs to none (`era` absent). */
interface View {
  readonly era?: Era;
  readonly looks: readonly ProtocolLook[];
  readonly tools: readonly unknown[];
  readonly instructions?: unknown;
}

async function overStdio(
  server: RunningServer,
  era: Era,
  end: 'closed_input' | 'sigterm',
  signal: AbortSignal,
): Promise<View[]> {
  const { stdin, stdout } = server;
  try {
    if (!stdin || !stdout) return [];
    const spoken = await oneEra({ kind: 'stdio', stdin, stdout }, era, 'stdio', signal);
    return [spoken, { looks: [await ends(server, end, 'stdio')], tools: [] }];
  } finally {
    await server.stop(0);
  }
}

async function overHttp(server: RunningServer, signal: AbortSignal): Promise<View[]> {
  try {
    const { url = 'http://localhost/mcp', socketPath, token } = server;
    const endpoint: Extract<Endpoint, { kind: 'http' }> = {
      kind: 'http',
      url,
      ...(socketPath !== undefined && { socketPath }),
      ...(token !== undefined && { token }),
    };
    const [spoken, protection] = await Promise.all([
      bothEras(endpoint, 'http', signal),
      probeHttpProtection(endpoint, signal),
    ]);
    const looks = [
      ...protection.map((look) => ({ ...look, case: `http/${look.case}` })),
      await ends(server, 'sigterm', 'http'),
    ];
    return [...spoken, { looks, tools: [] }];
  } finally {
    await server.stop(0);
  }
}

function bothEras(endpoint: Endpoint, transport: string, signal: AbortSignal): Promise<View[]> {
  return Promise.all(eras.map((era) => oneEra(endpoint, era, transport, signal)));
}

async function oneEra(endpoint: Endpoint, era: Era, transport: string, signal: AbortSignal): Promise<View> {
  const { looks, tools, instructions } = await probeEra(endpoint, era, { signal, timeoutMs: answerMs });
  return {
    era,
    tools,
    instructions,
    looks: looks.map((look) => ({ ...look, case: `${transport}/${era}/${look.case}` })),
  };
}

/**
 * For a server that is not ours, an era it does not speak is one warning as long as it speaks the other,
 * and the way it ends is its own.
 */
function merge(views: readonly View[], ours: boolean): ProtocolView {
  const speaks = (view: View): boolean => view.looks.some((look) => look.passed && look.case.endsWith('/tools/list'));
  const any = views.some(speaks);
  const looks = views.flatMap((view) => {
    if (ours) return view.looks;
    if (view.era === undefined) return view.looks.map((look) => ({ ...look, severity: 'warning' as const }));
    return speaks(view) || !any ? view.looks : [silent(view.era)];
  });
  if (ours || any) looks.push(...sameEverywhere(views.filter(speaks), ours));
  const instructions = views.map((view) => view.instructions).find((text) => typeof text === 'string');
  return { looks, tools: views.find(speaks)?.tools ?? [], ...(typeof instructions === 'string' && { instructions }) };
}

function silent(era: Era): ProtocolLook {
  return {
    case: era,
    passed: false,
    severity: 'warning',
    message: `It does not speak ${era}.`,
    remedy: `Support protocol version ${era}; newer clients ask for it first.`,
  };
}

/** Names, words and schemas that clients approve are the same in each era, over each transport, from start to start. */
function sameEverywhere(views: readonly View[], ours: boolean): ProtocolLook[] {
  if (views.length < 2) return [];
  const listings = views.map(({ tools }) => JSON.stringify(tools.map(approved)));
  const same = listings.every((listing) => listing === listings[0]);
  const look = { case: 'same_listing', passed: same, severity: ours ? ('error' as const) : ('warning' as const) };
  if (same) return [{ ...look, message: 'Every start lists the same tools.' }];
  return [
    {
      ...look,
      message: 'Not every start, era and transport lists the same tools in the same words.',
      remedy: 'Take nothing into names, descriptions and schemas that changes: no times, no counters, no random order.',
    },
  ];
}

function approved(tool: unknown): unknown {
  const { name, description, inputSchema } = (tool ?? {}) as Partial<
    Record<'name' | 'description' | 'inputSchema', unknown>
  >;
  return { name, description, inputSchema };
}
