import { sandboxEnvironment } from './arguments.ts';
import type { SandboxOptions } from './types.ts';

/** How a program gets its environment in a container. */
export interface HandedOver {
  /** What Docker may know, as `NAME=value`. */
  readonly known: readonly string[];
  /** Words before the command: they read the rest from standard input, and give way to it. */
  readonly reader: readonly string[];
  /** The first of what goes to standard input. */
  readonly head: string;
}

// Docker adds HOSTNAME. `read` takes no more than its lines: the rest is the program's.
const script = `unset HOSTNAME; n=$1; shift; all=
while [ "$n" -gt 0 ]; do IFS= read -r line || exit 1; n=$((n - 1)); all="$all$line
"; done
eval "$all"; exec "$@"`;

/**
 * Docker writes a container's environment into its own files, and shows it to whoever may ask: what a caller gives,
 * which may be secret, goes over standard input instead.
 */
export function handOver(options: SandboxOptions, folder: string): HandedOver {
  const given = options.env ?? {};
  const all = Object.entries({ PWD: folder, ...sandboxEnvironment(options) });
  const isTold = ([name, value]: [string, string]): boolean => given[name] === value && /^[A-Za-z_]\w*$/.test(name);
  const lines = all
    .filter(isTold)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`);
  const head = lines.join('');
  return {
    known: all.filter((entry) => !isTold(entry)).map(([name, value]) => `${name}=${value}`),
    reader: ['/bin/sh', '-c', script, 'sh', String(head.split('\n').length - 1)],
    head,
  };
}
