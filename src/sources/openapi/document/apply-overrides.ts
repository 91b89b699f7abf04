import { invalidInput } from '../../../spec/index.ts';
import type { ApiOptions, Tool } from '../../../spec/index.ts';
import { inWords } from '../compile/text.ts';
import type { ApiDocument } from './types.ts';

/**
 * Tools as the user's file and the document's extensions want them; with `readOnly` only those that read.
 * @throws CrafterError INVALID_INPUT when two are to have one name.
 */
export function applyOverrides(tools: readonly Tool[], document: ApiDocument, options: ApiOptions): Tool[] {
  const named = tools.map((tool) => {
    const override =
      tool.implementation.kind === 'http'
        ? document.overrides?.get(`${tool.implementation.method.toUpperCase()} ${tool.implementation.path}`)
        : undefined;
    if (override === undefined) return tool;
    const { name, title, description, annotations } = override;
    return {
      ...tool,
      ...(name !== undefined && renamed(tool, name)),
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
      annotations: { ...tool.annotations, ...defined(annotations) },
    };
  });
  refuseTwins(named);
  return options.readOnly === true ? named.filter(({ annotations }) => annotations.readOnlyHint) : named;
}

/** What was worded from the name, for want of a summary, is worded from the one given. */
function renamed({ name: before, title, description }: Tool, name: string): Partial<Tool> {
  const [old, words] = [inWords(before), inWords(name)];
  const start = `${old}.`;
  return {
    name,
    ...(title === old && { title: words }),
    ...(description.startsWith(start) && { description: `${words}.${description.slice(start.length)}` }),
  };
}

const defined = (annotations: object | undefined): Partial<Tool['annotations']> =>
  Object.fromEntries(Object.entries(annotations ?? {}).filter(([, value]) => value !== undefined));

function refuseTwins(tools: readonly Tool[]): void {
  const names = tools.map(({ name }) => name);
  const twins = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  if (twins.size === 0) return;
  throw invalidInput(
    'file of overrides',
    [...twins].map((name) => ({
      field: name,
      message: 'two operations would have this name',
      remedy: 'Give one of them another name.',
    })),
  );
}
