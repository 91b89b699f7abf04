import { CrafterError } from '../../errors.ts';
import type { RunResult } from '../../sandbox/index.ts';
import { type Diagnostic } from '../../spec/index.ts';

export function readTypes(result: RunResult): Diagnostic[] {
  const pattern = /^(.+?)\((\d+),(\d+)\): (error|warning) TS(\d+): (.*)$/gm;
  const found = [...result.stdout.matchAll(pattern)].map(
    ([, file, line, column, severity, code, message]): Diagnostic => {
      return {
        severity: severity as 'error',
        file: file!,
        line: Number(line),
        column: Number(column),
        rule: `TS${code}`,
        message: message!,
      };
    },
  );
  if (result.code !== 0 && found.length === 0) throw broken('type checker', result);
  return found;
}

interface LintReport {
  diagnostics: {
    message: string;
    code?: string;
    severity: string;
    filename: string;
    labels: { span: { line: number; column: number } }[];
  }[];
}

export function readLint(result: RunResult): Diagnostic[] {
  let report: LintReport;
  try {
    report = JSON.parse(result.stdout) as LintReport;
  } catch {
    throw broken('linter', result);
  }
  return report.diagnostics.map(({ message, code, severity, filename, labels }) => {
    const { line = 1, column = 1 } = labels[0]?.span ?? {};
    return {
      severity: severity === 'error' ? 'error' : 'warning',
      file: filename,
      line,
      column,
      rule: code ?? 'lint',
      message,
    };
  });
}

function broken(what: string, { stderr, stdout, endedBy, code }: RunResult): CrafterError {
  const reason = endedBy === 'time' ? 'took too long' : `ended with ${code}: ${(stderr || stdout).slice(0, 300)}`;
  return new CrafterError('BUILD_FAILED', `The ${what} ${reason}`, {
    hint: 'Run `mcp-crafter doctor` to see whether the sandbox works.',
  });
}
