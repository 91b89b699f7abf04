import { usualMaxSeconds } from '../../../spec/index.ts';
import type { Blueprint, Json } from '../../../spec/index.ts';

/** What a server accepts and takes at most when its Blueprint does not say: bytes of input, seconds a call. */
export const defaultLimits = { maxInputBytes: 50 * 1024 * 1024, maxSeconds: usualMaxSeconds };

export interface Limits {
  readonly maxSeconds: number;
  readonly maxInputBytes: number;
  readonly maxResultCharacters: number;
}

/** What a server says of itself and keeps to; src/settings.json holds it where the code is the same for many. */
export function settingsOf(blueprint: Blueprint) {
  const { name, title, version, description, limits } = blueprint;
  return {
    name,
    title,
    version,
    description,
    limits: {
      maxSeconds: limits.maxSeconds ?? defaultLimits.maxSeconds,
      maxInputBytes: limits.maxInputBytes ?? defaultLimits.maxInputBytes,
      maxResultCharacters: limits.maxResultCharacters,
    } satisfies Limits,
    environment: variables(blueprint),
    network: fetchLimits(blueprint),
  };
}

function variables({ environment }: Blueprint): Json {
  return environment.map(({ name, required, secret, value }) => ({
    name,
    ...(required && { required }),
    ...(secret && { secret }),
    ...(!secret && value !== undefined && { value }),
  }));
}

function fetchLimits({ name, grants, limits }: Blueprint): Json {
  return {
    server: name,
    hosts: grants.hosts.map(nameOf),
    ...(grants.hosts.some((grant) => grant.private) && {
      privateHosts: grants.hosts.filter((grant) => grant.private).map(nameOf),
    }),
    ...(limits.calls && { calls: limits.calls }),
    ...(limits.retries !== undefined && { retries: limits.retries }),
  };
}

const nameOf = ({ host, port }: Blueprint['grants']['hosts'][number]): string => `${host}:${port}`;
