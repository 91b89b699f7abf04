import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CrafterError } from '../../errors.ts';

const run = promisify(execFile);
const accountName = 'mcp-crafter-db';

/** The system user that PostgreSQL runs as, because it refuses to run as root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Undefined when this process is not root: PostgreSQL then runs as the user itself.
 * @throws MISSING_PREREQUISITE when the user is missing and cannot be made.
 */
export async function databaseAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = await findAccount();
  if (known) return known;
  const flags = '--system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin';
  const failure = await run('useradd', [...flags.split(' '), accountName]).catch((error: Error) => error);
  // Another process may have made it at the same moment; then ours failed and it is there all the same.
  const made = await findAccount();
  if (made) return made;
  throw new CrafterError('MISSING_PREREQUISITE', `The system user ${accountName} is missing and could not be made.`, {
    hint: `PostgreSQL does not run as root. Run \`useradd --system --user-group --no-create-home ${accountName}\`, run mcp-crafter as an ordinary user, or set DATABASE_URL to an existing PostgreSQL.`,
    cause: failure,
  });
}

/** Whether the account is there, without making it; true where none is needed. */
export async function accountExists(): Promise<boolean> {
  return process.getuid?.() !== 0 || (await findAccount()) !== undefined;
}

async function findAccount(): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', accountName]), run('id', ['-g', accountName])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}
