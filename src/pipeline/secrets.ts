import type { Secrets } from '../secrets/index.ts';

/** Places beside the servers' own where secrets wait: until a build succeeds, or a plan is executed. No server name has a colon. */
export const stagedFor = (build: string): string => `build:${build}`;
export const plannedFor = (plan: string): string => `plan:${plan}`;

export async function sealFor(
  secrets: Secrets,
  owner: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, value] of Object.entries(values)) await secrets.set(owner, name, value);
}

export async function openFor(secrets: Secrets, owner: string): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const name of await secrets.names(owner)) {
    const value = await secrets.get(owner, name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

/** What a build brought becomes the server's own. */
export async function adoptStaged(secrets: Secrets, build: string, server: string): Promise<void> {
  await sealFor(secrets, server, await openFor(secrets, stagedFor(build)));
  await secrets.deleteAll(stagedFor(build));
}
