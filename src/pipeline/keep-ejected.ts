import { operationOf } from '../spec/index.ts';
import type { Blueprint, Tool } from '../spec/index.ts';
import { canonicalJson } from '../util/index.ts';

/** A server made anew of its document, with the operations that had become code as they are; and what is to be said of it. */
export function keepEjected(before: Blueprint, next: Blueprint): { blueprint: Blueprint; notes: string[] } {
  const ejected = next.api === undefined ? [] : before.tools.filter(isEjected);
  if (ejected.length === 0) return { blueprint: next, notes: [] };
  const { tools, catalogue = [] } = next;
  const all = [...tools, ...catalogue];
  const pairs = ejected.map((tool) => ({ tool, now: all.find((one) => isSame(one, tool)) ?? named(all, tool.name) }));
  const codeOf = new Map(pairs.flatMap(({ tool, now }) => (now === undefined ? [] : [[now, tool] as const])));
  const listed = tools.map((tool) => codeOf.get(tool) ?? tool);
  const others = ejected.filter((tool) => !listed.includes(tool));
  const blueprint = { ...next, tools: [...listed, ...others] };
  const rest = catalogue.filter((tool) => !codeOf.has(tool));
  return {
    blueprint: next.catalogue === undefined ? blueprint : { ...blueprint, catalogue: rest },
    notes: notesOf(before.name, pairs),
  };
}

const isEjected = ({ implementation }: Tool): boolean =>
  implementation.kind === 'code' && implementation.operation !== undefined;

const named = (tools: readonly Tool[], name: string): Tool | undefined => tools.find((tool) => tool.name === name);

function isSame(one: Tool, other: Tool): boolean {
  const [a, b] = [operationOf(one), operationOf(other)];
  return a !== undefined && a.method === b?.method && a.path === b.path;
}

function notesOf(server: string, pairs: readonly { tool: Tool; now: Tool | undefined }[]): string[] {
  const names = (chosen: typeof pairs): string => chosen.map(({ tool }) => tool.name).join(' ');
  const gone = pairs.filter(({ now }) => now === undefined);
  const changed = pairs.filter(({ tool, now }) => now !== undefined && wire(now) !== wire(tool));
  const undo = (chosen: typeof pairs): string => `mcp-crafter eject ${server} ${names(chosen)} --undo`;
  return [
    `Stays code, as it was ejected: ${pairs.map(({ tool }) => tool.name).join(', ')}. To go back: ${undo(pairs)}`,
    ...(changed.length === 0
      ? []
      : [
          `The document describes otherwise now what is code: ${names(changed)}. To follow it: ${undo(changed)}, then update again.`,
        ]),
    ...gone.map(
      ({ tool }) =>
        `The document no longer has ${tool.name}; its code stays. To take it away: mcp-crafter update ${server} --remove-tools ${tool.name}`,
    ),
  ];
}

/** What is sent: all of an operation but the examples and words of its document. */
function wire(tool: Tool): string {
  const { examples: _, tags: _tags, ...operation } = operationOf(tool) ?? {};
  return canonicalJson(operation);
}
