import type { Api, JsonSchema, Tool } from '../../spec/index.ts';
import { bundleSchemas, neededSchemas } from '../../util/index.ts';

type Shared = Api['schemas'];

/** An operation as a listed tool: its schemas hold what they point to. */
export function listedTool(tool: Tool, shared: Shared): Tool {
  const { input, output } = tool;
  return { ...tool, input: bundleSchemas(input, shared), ...(output && { output: bundleSchemas(output, shared) }) };
}

/** Tokens that a listing of tools costs: characters of its JSON / 4, as verification measures it. Nothing is bundled for it. */
export function listingTokens(tools: readonly Tool[], shared: Shared): number {
  const sizes = new Map<string, number>();
  const sizeOf = (name: string): number => {
    const known = sizes.get(name) ?? name.length + 4 + JSON.stringify(shared[name]).length;
    sizes.set(name, known);
    return known;
  };
  const definitions = (schema: JsonSchema | undefined): number => {
    const names = schema === undefined ? [] : neededSchemas(schema, shared);
    return names.reduce((sum, name) => sum + sizeOf(name), names.length > 0 ? 10 : 0);
  };
  const characters = tools.reduce((sum, { name, title, description, input, output, annotations }) => {
    const own = JSON.stringify({ name, title, description, inputSchema: input, outputSchema: output, annotations });
    return sum + own.length + 1 + definitions(input) + definitions(output);
  }, 1);
  return Math.ceil(characters / 4);
}
