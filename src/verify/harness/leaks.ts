const stack = /(?:^|\n)\s+at (?:[^\n]{0,200}\()?(?:file:\/\/|node:|\/)[^\n]{0,300}:\d+:\d+\)?/;
const pythonStack = /Traceback \(most recent call last\)/;

/** Where programs lie in the sandbox, by their own files: an API may well have paths that begin with /app/. */
export const sandboxPaths = ['/app/main.mjs', '/app/chunk-', '/node/bin/'] as const;

/** Judges what an answer shows. `hidden` are paths of the host and of the sandbox, `canaries` made-up secrets. */
export function createLeaks(hidden: readonly string[], canaries: () => Iterable<string>, allowed: readonly string[]) {
  return (text: string): string[] => {
    const reasons: string[] = [];
    if (stack.test(text) || pythonStack.test(text)) reasons.push('a stack trace');
    const rest = allowed.reduce((left, path) => left.replaceAll(path, ''), text);
    const path = hidden.find((one) => one.length > 4 && rest.includes(one));
    if (path !== undefined) reasons.push(`a path of the machine (${path})`);
    for (const canary of canaries()) {
      if (!text.includes(canary)) continue;
      reasons.push('a secret');
      break;
    }
    return reasons;
  };
}
