/** Names that stand in braces, before a fragment, which is never sent. */
export const templateNames = (path: string): string[] =>
  [...(path.split('#')[0] ?? '').matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name ?? '');

/**
 * The path as it is sent, by the parameters that are declared: `{name+}` and `{name*}` are other tools' writing of a
 * parameter that may hold slashes, and `?page={page}` repeats a query parameter.
 */
export function plainPath(path: string, declared: readonly { readonly name: string; readonly in: string }[]): string {
  const isPath = (name: string): boolean => declared.some((one) => one.in === 'path' && one.name === name);
  const isQuery = (name: string): boolean => declared.some((one) => one.in === 'query' && one.name === name);
  const named = path.replace(/\{([^{}]+?)[+*]\}/g, (whole, name: string) =>
    !isPath(whole.slice(1, -1)) && isPath(name) ? `{${name}}` : whole,
  );
  const [, base = named, fragment = ''] = /^([^#]*)(#.*)?$/s.exec(named) ?? [];
  const at = base.indexOf('?');
  if (at === -1) return named;
  const kept = base
    .slice(at + 1)
    .split('&')
    .filter((pair) => {
      const name = /=\{([^{}]+)\}$/.exec(pair)?.[1];
      return name === undefined || isPath(name) || !isQuery(name);
    });
  return `${base.slice(0, at)}${kept.length === 0 ? '' : `?${kept.join('&')}`}${fragment}`;
}
