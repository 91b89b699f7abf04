import { randomBytes } from 'node:crypto';
import type { Docker } from './docker-api.ts';

/** One container, by a name of its own. */
export interface Container {
  /** Its place in Docker's API. */
  readonly at: string;
  create(body: object): Promise<unknown>;
  start(): Promise<unknown>;
  /** Exit code of its program, once that has ended. */
  wait(): Promise<number>;
  state(): Promise<ContainerState>;
  signal(name: 'SIGTERM' | 'SIGKILL'): Promise<unknown>;
  /** Ends and removes it; never fails. */
  remove(): Promise<unknown>;
}

interface ContainerState {
  /** Of its init on this machine; 0 when it has ended. */
  readonly Pid: number;
  readonly OOMKilled: boolean;
}

export function newContainer({ ask }: Docker): Container {
  const name = `mcp-crafter-${randomBytes(6).toString('hex')}`;
  const at = `/containers/${name}`;
  return {
    at,
    create: (body) => ask('POST', `/containers/create?name=${name}`, body),
    start: () => ask('POST', `${at}/start`),
    wait: async () => ((await ask('POST', `${at}/wait`, undefined, 0)) as { readonly StatusCode: number }).StatusCode,
    state: async () => ((await ask('GET', `${at}/json`)) as { readonly State: ContainerState }).State,
    signal: (signal) => ask('POST', `${at}/kill?signal=${signal}`),
    remove: () => ask('DELETE', `${at}?force=1&v=1`).catch(() => undefined),
  };
}
