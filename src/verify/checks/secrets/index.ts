import { defineCheck, type Finding } from '../../../spec/index.ts';
import { assignment, isPlaceholder, keyPatterns } from './patterns.ts';

export const secrets = defineCheck({
  name: 'secrets',
  level: 'security',
  summary: 'No key, password or token stands in the files.',
  applies: () => true,
  async run(context) {
    const findings: Finding[] = [];
    for (const [file, text] of await context.sources()) {
      if (!/(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/.test(file))
        findings.push(...(await scanSecrets(file, text)));
    }
    return { findings };
  },
});

/** Secrets in one file, one finding a line at most. The secret itself is never part of a finding. */
export async function scanSecrets(file: string, text: string): Promise<Finding[]> {
  const found = new Map<number, Finding>();
  const add = (index: number, what: string, severity: Finding['severity']): void => {
    const line = text.slice(0, index).split('\n').length;
    if (!found.has(line)) found.set(line, finding(file, line, what, severity));
  };
  for (const { name, pattern } of keyPatterns) {
    for (const match of text.matchAll(pattern)) if (!/EXAMPLE/.test(match[0])) add(match.index, name, 'critical');
  }
  for (const { index, what } of await lint(file, text)) add(index, what, 'critical');
  for (const match of text.matchAll(assignment)) {
    if (!isPlaceholder(match[3] ?? '')) add(match.index, `a value for \`${match[1]}\``, 'high');
  }
  return [...found.values()];
}

/** Words without which secretlint's preset finds nothing; most files are spared the work. */
const worthLinting =
  /gh[opsur]_|github_pat_|xox[abeoprs]-|hooks\.slack|npm_|_authToken|:\/\/[^\s/]+:[^\s/]+@|PRIVATE KEY|AKIA|aws|SG\.|shpat|sk-|op:\/\/|lin_api|-----BEGIN|account_key|type.{0,5}service_account|AIza|figd_|vercel|docker|notion|ntn_|secret_/i;

async function lint(file: string, text: string): Promise<{ index: number; what: string }[]> {
  if (!worthLinting.test(text)) return [];
  const [{ lintSource }, preset] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const result = await lintSource({
    source: { filePath: file, content: text, ext: file.slice(file.lastIndexOf('.')), contentType: 'text' },
    options: {
      locale: 'en',
      noPhysicFilePath: true,
      maskSecrets: true,
      config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: preset.creator }] },
    },
  });
  return result.messages.map((message) => ({ index: message.range[0], what: `a secret (${message.messageId})` }));
}

function finding(file: string, line: number, what: string, severity: Finding['severity']): Finding {
  return {
    type: 'secret_in_code',
    severity,
    file,
    line,
    message: `${what.charAt(0).toUpperCase()}${what.slice(1)} stands in the file.`,
    suggestion: 'Declare an environment variable for it, mark it secret, and withdraw the key: it must count as known.',
  };
}
