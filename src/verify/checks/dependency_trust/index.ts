import { join } from 'node:path';
import { z } from 'zod';
import { readSetRecord, resembles } from '../../../languages/index.ts';
import { plainText } from '../../../sandbox/index.ts';
import { defineCheck, type Blueprint, type Finding } from '../../../spec/index.ts';

const names = z.record(z.string(), z.string()).catch({});
const manifest = z.looseObject({
  dependencies: names.optional(),
  optionalDependencies: names.optional(),
  scripts: names.optional(),
});

export const dependencyTrust = defineCheck({
  name: 'dependency_trust',
  level: 'security',
  summary: 'Dependencies exist, do not imitate a famous name and run nothing while they are installed.',
  applies: () => true,
  async run(context) {
    const own = parseManifest((await context.sources()).get('package.json'));
    const declared = Object.keys({ ...own?.dependencies, ...own?.optionalDependencies }).slice(0, 200);
    const installed = await context.dependencies();
    const allowed = context.blueprint?.grants.packages ?? [];
    const looks = await Promise.all(declared.map(async (name) => lookAt(name, installed, allowed)));
    const brought = broughtBy(context.blueprint?.dependencies ?? [], new Set(declared));
    return { findings: [...looks.flat(), ...brought, ...(await ofUnknownAge(installed))] };
  },
});

async function lookAt(name: string, installed: string | undefined, allowed: readonly string[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  const like = allowed.includes(name) ? undefined : resembles(name);
  if (like !== undefined)
    findings.push(
      finding(
        'imitated_dependency',
        'high',
        `The dependency ${name} resembles ${like}.`,
        `If ${like} is meant, write it so; otherwise make sure who publishes ${name}.`,
      ),
    );
  if (installed === undefined || !/^(?:@[\w.~-]+\/)?[\w.~-]+$/.test(name)) return findings;
  const theirs = parseManifest(await plainText(join(installed, name, 'package.json')));
  if (!theirs)
    return [
      ...findings,
      finding(
        'missing_dependency',
        'high',
        `The dependency ${name} is declared and not installed.`,
        'Check that a package of this name exists, and install it.',
      ),
    ];
  const script = ['preinstall', 'install', 'postinstall'].find((hook) => theirs.scripts?.[hook] !== undefined);
  if (script !== undefined) findings.push(installScript(`The dependency ${name}`, script));
  return findings;
}

/** What dependencies of a server of ours bring along, and nobody named. */
function broughtBy(dependencies: Blueprint['dependencies'], declared: ReadonlySet<string>): Finding[] {
  const brought = dependencies.flatMap(({ name: by, closure = [] }) =>
    closure.map(({ path, name = path.replace(/^.*node_modules\//, ''), ...entry }) => ({ ...entry, name, by })),
  );
  const once = new Map(brought.map((entry) => [`${entry.name}@${entry.version}`, entry]));
  return [...once.values()].flatMap(({ name, by, hasInstallScript, license }) => [
    ...(hasInstallScript === true && !declared.has(name)
      ? [installScript(`${name}, which ${by} brings along,`, 'install script')]
      : []),
    ...(license === undefined
      ? [
          finding(
            'unknown_licence',
            'low',
            `${name} names no licence.`,
            `Ask who publishes ${name} whether you may use it, or leave it out.`,
          ),
        ]
      : []),
  ]);
}

async function ofUnknownAge(installed: string | undefined): Promise<Finding[]> {
  const record = installed === undefined ? undefined : await readSetRecord(installed);
  const unknown = Object.entries(record?.published ?? {}).flatMap(([id, at]) => (at === null ? [id] : []));
  if (unknown.length === 0) return [];
  const named = `${unknown.slice(0, 5).join(', ')}${unknown.length > 5 ? ` and ${unknown.length - 5} more` : ''}`;
  return [
    finding(
      'unknown_package_age',
      'medium',
      `The registry does not say when these were published: ${named}.`,
      'Look at the packages yourself: how long others have used them is not known.',
    ),
  ];
}

const installScript = (what: string, script: string): Finding =>
  finding(
    'install_script',
    'medium',
    `${what} runs a program when installed (${script}). mcp-crafter never runs it.`,
    'Install with --ignore-scripts elsewhere, too, and read what the script does.',
  );

function parseManifest(text: string | undefined): z.infer<typeof manifest> | undefined {
  if (text === undefined) return undefined;
  try {
    return manifest.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const finding = (type: string, severity: Finding['severity'], message: string, suggestion: string): Finding => ({
  type,
  severity,
  file: 'package.json',
  message,
  suggestion,
});
