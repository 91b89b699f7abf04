import { realpath, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toCrafterError } from '../errors.ts';
import { keyWords } from './key.ts';
import { keyPlace, loadKey } from '../secrets/index.ts';
import { probeSandbox, type SandboxProbe } from '../sandbox/index.ts';
import { serviceHealth } from '../service/index.ts';
import { probeDatabase } from '../storage/index.ts';
import { version } from '../util/index.ts';

export interface DoctorFinding {
  readonly part: string;
  readonly ok: boolean;
  /** What was found, in one sentence. */
  readonly message: string;
  /** What to do about it, when not ok. */
  readonly remedy?: string;
}

/** Least free space for the database, bundles and logs of a few servers, in bytes. */
const leastDisk = 500 * 1024 * 1024;

/** Looks at every part of this machine that mcp-crafter needs; changes nothing. */
export async function examine(stateFolder: string): Promise<DoctorFinding[]> {
  const databaseUrl = process.env.DATABASE_URL;
  const [sandbox, database, service, disk, key] = await Promise.all([
    probeSandbox(),
    probeDatabase({ stateFolder, ...(databaseUrl ? { databaseUrl } : {}) }),
    serviceHealth(stateFolder),
    freeBytes(stateFolder),
    keyFinding(stateFolder),
  ]);
  return [
    { part: 'Node', ok: true, message: `${process.version} at ${process.execPath}` },
    sandbox.available
      ? { part: 'Sandbox', ok: true, message: sandboxWords(sandbox) }
      : { part: 'Sandbox', ok: false, message: sandbox.reason, remedy: sandbox.remedy },
    {
      part: 'Database',
      ok: database.ok,
      message: database.message,
      ...(database.hint === undefined ? {} : { remedy: database.hint }),
    },
    diskFinding(disk),
    { part: 'State', ok: true, message: stateFolder },
    key,
    {
      part: 'Service',
      ok: service === undefined || service.version === version,
      message:
        service === undefined
          ? 'Not running; commands start it on demand.'
          : `Version ${service.version} runs as process ${service.pid}.`,
      ...(service === undefined || service.version === version ? {} : { remedy: 'mcp-crafter serve --stop' }),
    },
  ];
}

const sandboxWords = ({ kind, reason }: SandboxProbe): string =>
  kind === 'docker'
    ? `Docker works, with a system call filter; each start takes about half a second longer than in bubblewrap. Why not that: ${reason}`
    : 'bubblewrap works, with a system call filter.';

function diskFinding(bytes: number): DoctorFinding {
  const message = `${(bytes / 1024 ** 3).toFixed(1)} GB free for the state folder.`;
  return bytes >= leastDisk
    ? { part: 'Disk', ok: true, message }
    : {
        part: 'Disk',
        ok: false,
        message,
        remedy: 'Free some space, or set MCP_CRAFTER_HOME to a folder on another disk.',
      };
}

/** Where the key of secrets lies, and whether it can be had; one that is not there yet is not made. */
async function keyFinding(stateFolder: string): Promise<DoctorFinding> {
  try {
    const place = await keyPlace(stateFolder);
    if (place !== undefined) await loadKey(await realpath(stateFolder));
    const message = place === undefined ? 'Made with the first start, in a file.' : keyWords[place];
    return { part: 'Key', ok: true, message };
  } catch (error) {
    const { message, hint } = toCrafterError(error);
    return { part: 'Key', ok: false, message, remedy: hint };
  }
}

/** Free space where the folder is, or where it will be made. */
async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return folder === dirname(folder) ? 0 : freeBytes(dirname(folder));
  }
}
