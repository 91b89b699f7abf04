import { connect, eras, type Endpoint, type Era } from '../../client/index.ts';

/** Scenarios that apply to any server; the others want tools, prompts and resources of the suite's own test server. */
const forAny: Readonly<Record<Era, readonly string[]>> = {
  '2025-11-25': ['server-initialize', 'ping', 'tools-list', 'server-sse-multiple-streams', 'dns-rebinding-protection'],
  '2026-07-28': [
    'tools-list',
    'http-header-validation',
    'sep-2164-resource-not-found',
    'server-stateless',
    'dns-rebinding-protection',
  ],
};

/** Scenarios that apply to servers which declare all of these. */
const forDeclared: readonly (readonly [scenario: string, era: Era, ...needs: string[]])[] = [
  ...eras.flatMap((era) => [['resources-list', era, 'resources'] as const, ['prompts-list', era, 'prompts'] as const]),
  ['caching', '2026-07-28', 'resources', 'prompts'],
];

/** Scenarios of an era for what the server declares in it; none of an era it does not speak, which other checks tell. */
export async function scenariosOf(endpoint: Endpoint, era: Era, signal: AbortSignal): Promise<readonly string[]> {
  const connection = await connect(endpoint, { era, signal, timeoutMs: 20_000 }).catch(() => undefined);
  if (connection === undefined) return [];
  const { capabilities } = connection;
  await connection.close();
  const declared = forDeclared.filter(
    ([, of, ...needs]) => of === era && needs.every((name) => capabilities[name] !== undefined),
  );
  return [...forAny[era], ...declared.map(([scenario]) => scenario)];
}
