import type { Analysis, Blueprint, Plan } from '../spec/index.ts';

/** Ways that exist today to supply what no recipe covers. */
export function waysFor(toolName: string, likely?: { readonly tool: string; readonly evidence: string }): string[] {
  return [
    ...(likely === undefined
      ? []
      : [
          `Perhaps ${likely.tool} does it, for “${likely.evidence}”: name ${likely.tool} in the request to include it.`,
        ]),
    `Write it as code: give custom_tools an entry named ${toolName} with name, description, parameters and, as \`implementation\`, the body of an async TypeScript function; allow_hosts names each host that it calls. An agent sends it beside this same request, a person in a form.`,
    'Let an agent write it: connect one to `mcp-crafter mcp`, whose create_mcp_server takes the request and custom_tools together.',
    `Leave it out: remove ${toolName} from the plan file and run \`mcp-crafter execute\` on it.`,
  ];
}

/** Asks for a folder when tools read files and none is granted. */
export function folderNeeded({ tools, grants }: Blueprint): string | undefined {
  const readsFiles = tools.some(
    (tool) => Object.hasOwn((tool.input['properties'] ?? {}) as object, 'path') && !tool.annotations.openWorldHint,
  );
  return readsFiles && grants.folders.length === 0
    ? 'A folder with your files: --folder /your/folder (add :rw to let tools write there). Without it the tools see the server’s own workspace only.'
    : undefined;
}

/** What the user has to allow or supply before the tools can do their work. */
export function grantsNeeded(blueprint: Blueprint): string[] {
  const folder = folderNeeded(blueprint);
  const needed = folder === undefined ? [] : [folder];
  for (const variable of blueprint.environment) {
    if (variable.value !== undefined || !(variable.required || variable.secret)) continue;
    needed.push(
      `${variable.name}${variable.secret ? ' (secret)' : ''}: ${sentence(variable.description || 'a value the server needs')}${variable.required ? '' : ' Optional.'}`,
    );
  }
  const reaches = blueprint.tools.some(
    (tool) => tool.annotations.openWorldHint && tool.implementation.kind !== 'pending',
  );
  if (reaches && blueprint.grants.hosts.length === 0) {
    const named = [...hostsOfApi(blueprint), ...hostsOfCode(blueprint)];
    needed.push(
      named.length > 0
        ? `Hosts it calls: ${named.map((host) => `--allow-host ${host}`).join(' ')}. No other host is reached.`
        : 'The host to call: --allow-host api.example.com. No host is reached without it.',
    );
  }
  return needed;
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Hosts of an API that are granted by nobody but the user. */
function hostsOfApi({ api }: Blueprint): string[] {
  const urls = (api?.servers ?? []).flatMap(({ url }) => URL.parse(url) ?? []);
  return [...new Set(urls.map(({ host }) => host))].slice(0, 20);
}

/** Hosts written out in the code of a form; they are proposed, never granted by themselves. */
function hostsOfCode(blueprint: Blueprint): string[] {
  const found = blueprint.tools.flatMap((tool) =>
    tool.implementation.kind === 'code'
      ? [...tool.implementation.code.matchAll(/https?:\/\/([a-z0-9.-]+\.[a-z]{2,})(:\d+)?/gi)].map(
          (match) => `${match[1] ?? ''}${match[2] ?? ''}`,
        )
      : [],
  );
  return [...new Set(found)].slice(0, 20);
}

export const deployment: Plan['deployment'] = {
  target: 'process',
  strategy:
    'One sandboxed process under the service. A new version takes over only after its own health check and one example call of each read-only tool.',
  healthCheck: 'The server answers tools/list within its time; failing calls count too.',
};

export const rollback =
  'If the new version fails its checks, the old one goes on serving and the release is marked rolled back with the reason. The first version is removed when it fails.';

/** What happens in which order, from preparation to use. */
export function phasesOf(
  blueprints: readonly Blueprint[],
  needed: readonly string[],
  missing: Plan['missing'],
  analysis: Analysis,
): Plan['phases'] {
  const names = blueprints.map((blueprint) => blueprint.name).join(', ');
  const prepare = [...missing.map(({ what }) => `Supply: ${what}`), ...needed];
  const outputs = analysis.outputs.map(({ description }) => `Prove the output: ${description}`);
  return [
    { name: 'prepare', steps: prepare.length > 0 ? prepare : ['Nothing to prepare.'], after: [] },
    {
      name: 'generate',
      steps: blueprints.flatMap((blueprint) => blueprint.tools.map((tool) => `${blueprint.name}: ${tool.name}`)),
      after: ['prepare'],
    },
    {
      name: 'verify',
      steps: [
        'Types, lint, bundle, start, both protocol eras',
        'Examples, wrong and fuzzed inputs, limits',
        'Security rules',
        ...outputs,
      ],
      after: ['generate'],
    },
    { name: 'deploy', steps: [`Start ${names} and check its health`], after: ['verify'] },
    {
      name: 'use',
      steps: blueprints.flatMap((blueprint) =>
        blueprint.flow.length === 0
          ? [`The tools of ${blueprint.name}, in any order`]
          : blueprint.flow.map(({ tool, after }) =>
              after.length === 0 ? tool : `${tool}, after ${after.join(' and ')}`,
            ),
      ),
      after: ['deploy'],
    },
  ];
}
