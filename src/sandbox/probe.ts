import { CrafterError } from '../errors.ts';
import { spawnInBubblewrap } from './bubblewrap.ts';
import { controlGroupsWanted } from './control-group.ts';
import { lackOfBubblewrap } from './probe-bubblewrap.ts';
import { seccompFilter } from './seccomp.ts';
import type { Lack, Launch } from './trial.ts';
import type { SandboxKind } from './types.ts';

export interface SandboxProbe {
  readonly available: boolean;
  /** Which one is used; absent when there is none. */
  readonly kind?: SandboxKind;
  /** What is missing, as a sentence: of any sandbox, or of bubblewrap when Docker stands in for it. */
  readonly reason: string;
  /** What to do about it, with the one command where there is one; empty when available. */
  readonly remedy: string;
}

/** A sandbox that has been tried. */
export interface FoundSandbox {
  readonly kind: SandboxKind;
  readonly launch: Launch;
  /** Why it is not bubblewrap. */
  readonly reason: string;
}

const VARIABLE = 'MCP_CRAFTER_SANDBOX';
const MORE = 'Or allow unprotected runs by name: mcp-crafter serve --unsafe-no-sandbox';

/** Whether generated code can be run in a sandbox here, and in which: looks for the programs, then really starts one. */
export async function probeSandbox(): Promise<SandboxProbe> {
  try {
    const found = await findSandbox();
    if ('launch' in found) return { available: true, kind: found.kind, reason: found.reason, remedy: '' };
    return { available: false, ...found };
  } catch (error) {
    if (error instanceof CrafterError) return { available: false, reason: error.message, remedy: error.hint };
    throw error;
  }
}

/**
 * bubblewrap where it works, else Docker; only the one that MCP_CRAFTER_SANDBOX names.
 * @throws CrafterError INVALID_INPUT when that names none, or when the environment says neither yes nor no to control groups.
 */
export async function findSandbox(wanted = process.env[VARIABLE] ?? ''): Promise<FoundSandbox | Lack> {
  if (!['', 'bubblewrap', 'docker'].includes(wanted))
    throw new CrafterError('INVALID_INPUT', `${VARIABLE}=${wanted} names no sandbox.`, {
      hint: 'Set it to bubblewrap or docker, or unset it: then the one that works is used.',
    });
  controlGroupsWanted();
  if (process.platform !== 'linux')
    return { reason: 'The sandbox needs Linux.', remedy: `Run mcp-crafter in a Linux virtual machine. ${MORE}` };
  if (seccompFilter() === undefined)
    return { reason: `There is no system call filter for ${process.arch} processors.`, remedy: MORE };
  const lack = wanted === 'docker' ? { reason: `${VARIABLE}=docker.`, remedy: '' } : await lackOfBubblewrap();
  if (lack === undefined) return { kind: 'bubblewrap', launch: spawnInBubblewrap, reason: '' };
  if (wanted === 'bubblewrap') return lack;
  const { findDocker } = await import('./probe-docker.ts');
  const docker = await findDocker();
  if (typeof docker === 'function') return { kind: 'docker', launch: docker, reason: lack.reason };
  if (wanted === 'docker') return docker;
  return { reason: `${lack.reason} Nor can Docker stand in: ${docker.reason}`, remedy: lack.remedy };
}

export const unavailable = ({ reason, remedy }: Lack): CrafterError =>
  new CrafterError('SANDBOX_UNAVAILABLE', `Generated code cannot be run safely: ${reason}`, { hint: remedy });
