// Asks the registry for known holes in what mcp-crafter is installed with. Where nobody can be asked, it says so and
// does not fail, unless MCP_CRAFTER_AUDIT=required.
import { spawnSync } from 'node:child_process';

/** What an audit came to. */
interface Audited {
  readonly passed: boolean;
  readonly message: string;
}

interface AuditReport {
  readonly metadata?: { readonly vulnerabilities?: Readonly<Record<string, number>> };
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity?: string; readonly isDirect?: boolean }>>;
  readonly message?: string;
  readonly error?: { readonly summary?: string };
}

const grave = ['high', 'critical'];
const command =
  'audit --package-lock-only --omit=dev --audit-level=high --json --fetch-retries=1 --fetch-timeout=20000';

/** @param folder Holds package.json and package-lock.json. */
function audit(folder: string, environment: NodeJS.ProcessEnv = process.env): Audited {
  const { stdout } = spawnSync('npm', command.split(' '), {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  const report = read(stdout ?? '');
  const counts = report.metadata?.vulnerabilities;
  if (counts === undefined) {
    const reason = report.message ?? report.error?.summary ?? 'npm gave no answer';
    const passed = environment['MCP_CRAFTER_AUDIT'] !== 'required';
    return {
      passed,
      message: `audit: NOT DONE, the registry could not be asked (${reason}). Nothing is known of holes.`,
    };
  }
  const named = Object.entries(report.vulnerabilities ?? {}).filter(([, { severity = '' }]) =>
    grave.includes(severity),
  );
  const total = counts['total'] ?? 0;
  if (named.length === 0) return { passed: true, message: `audit: no grave hole is known (${total} lesser).` };
  return {
    passed: false,
    message: `audit: grave holes are known in ${named.map(([name]) => name).join(', ')}. See: npm audit`,
  };
}

function read(text: string): AuditReport {
  try {
    return JSON.parse(text) as AuditReport;
  } catch {
    return {};
  }
}

if (import.meta.main) {
  const { passed, message } = audit(process.argv[2] ?? `${import.meta.dirname}/..`);
  process.stderr.write(`${message}\n`);
  process.exitCode = passed ? 0 : 1;
}
