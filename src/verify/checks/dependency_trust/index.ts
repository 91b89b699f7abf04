import { distance } from 'fastest-levenshtein';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { defineCheck, type Finding } from '../../../spec/index.ts';
import { famous, neighbours } from './famous.ts';

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
    const looks = await Promise.all(declared.map(async (name) => lookAt(name, installed)));
    return { findings: looks.flat() };
  },
});

async function lookAt(name: string, installed: string | undefined): Promise<Finding[]> {
  const findings: Finding[] = [];
  const like = resembles(name);
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
  const theirs = parseManifest(await readFile(join(installed, name, 'package.json'), 'utf8').catch(() => undefined));
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
  if (script !== undefined)
    findings.push(
      finding(
        'install_script',
        'medium',
        `The dependency ${name} runs a program when installed (${script}).`,
        'Install with --ignore-scripts, as mcp-crafter does, and read what the script does.',
      ),
    );
  return findings;
}

/**
 * The famous name that a name imitates: one edit away (a letter more, fewer, other or swapped), or the same but for
 * separators. Names under five letters and known neighbours are left alone.
 */
export function resembles(name: string): string | undefined {
  const bare = name.startsWith('@') ? undefined : name;
  if (bare === undefined || bare.length < 5 || famous.includes(bare) || neighbours.has(bare)) return undefined;
  const plain = (text: string): string => text.replace(/[-_.]|js$/g, '');
  return famous.find((known) => {
    if (known.length < 4) return false;
    if (plain(known) === plain(bare) && plain(bare).length >= 5) return true;
    return known.length >= 5 && (distance(known, bare) === 1 || swapped(known, bare));
  });
}

function swapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const differing = [...a].flatMap((letter, index) => (letter === b[index] ? [] : [index]));
  const [first, second] = differing;
  return differing.length === 2 && second === first! + 1 && a[first!] === b[second] && a[second] === b[first!];
}

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
