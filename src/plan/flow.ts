import type { Blueprint } from '../spec/index.ts';
import { roleOf, type Role } from './roles.ts';
import type { PlannedTool } from './tools.ts';

const rank: Readonly<Record<Role, number>> = { credentials: 0, source: 1, change: 2, end: 3, alone: 4 };

/** Tools in the order in which they are used; among equals the request's order stays. */
export function inOrder(tools: readonly PlannedTool[]): PlannedTool[] {
  return tools.toSorted((a, b) => rank[roleOf(a)] - rank[roleOf(b)]);
}

/** For each tool the tools that have to run before it: credentials, then sources, then changes one after another, then ends. */
export function flowOf(tools: readonly PlannedTool[]): Blueprint['flow'] {
  const ordered = inOrder(tools);
  const named = (role: Role): string[] => ordered.filter((tool) => roleOf(tool) === role).map(({ tool }) => tool.name);
  const changes = named('change');
  const reached = named('source');
  return ordered.map((planned) => {
    const { tool } = planned;
    const role = roleOf(planned);
    const credentials = tool.annotations.openWorldHint ? named('credentials').filter((name) => name !== tool.name) : [];
    const at = changes.indexOf(tool.name);
    const before =
      role === 'change'
        ? at > 0
          ? changes.slice(at - 1, at)
          : reached
        : role === 'end'
          ? changes.length > 0
            ? changes.slice(-1)
            : reached
          : [];
    return { tool: tool.name, after: [...new Set([...credentials, ...before])] };
  });
}
